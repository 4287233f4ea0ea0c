import type { LeavingReason, PublishPlan } from '../../../../shared/contract/cloud/publish.ts';
import { VitrineError } from '../../../core/errors.ts';
import { formatCount } from '../../output.ts';

const REASONS: Readonly<Record<LeavingReason, string>> = {
  'picture-missing': 'the picture is not in the folder',
  gone: 'neither row nor picture is there any more',
  unexpected: 'found in the index, not of this catalog',
  unusable: 'the picture or name cannot be used any more',
  refused: 'what the row says now is refused, what the index says is older',
  'other-model': 'embedded by another model by now',
  'not-embedded': 'not embedded yet',
};
const KEYS_SHOWN = 5;

/** Vectors of both indexes that a plan would delete. */
export function countDeleted({ indexes }: PublishPlan): number {
  return indexes.reduce((sum, { deleted }) => sum + deleted, 0);
}

/** As many as the plan says, for `publishing.start`. */
export function allDeletions({ indexes }: PublishPlan): { image: number; text: number } {
  const of = (side: 'image' | 'text') =>
    indexes.find(({ modality }) => modality === side)?.deleted ?? 0;
  return { image: of('image'), text: of('text') };
}

/** What of each index leaves, or is kept because nobody can tell now, and why. */
export function describeLeaving({ deletions, indexes }: PublishPlan): string[] {
  const isKept = deletions === 'withheld';
  const lines = indexes.flatMap(({ index, leaving: { count, held, reasons } }) =>
    count === 0
      ? []
      : [
          `${index}: ${count.toLocaleString('en')} of ${formatCount(held, 'vector')} ${isKept ? 'are not in the catalog, and stay' : 'would be deleted'}:`,
          ...reasons.map(
            (one) => `  ${one.count.toLocaleString('en')}: ${REASONS[one.reason]} (${few(one)})`,
          ),
        ],
  );
  if (lines.length === 0 || deletions === 'included') return lines;
  return [
    ...lines,
    isKept
      ? 'Nothing is deleted: the folder of the catalog is out of reach, so nobody knows what is gone.'
      : 'That is more than a tenth of an index, so it takes a yes of its own: --delete.',
  ];
}

/** @throws VitrineError DELETION_UNCONFIRMED when deleting takes a yes of its own. */
export function refuseDeletions(catalog: string, plan: PublishPlan): void {
  if (plan.deletions !== 'separate') return;
  const reasons = plan.indexes.flatMap(({ leaving }) => leaving.reasons.map((one) => one.reason));
  throw new VitrineError(
    'DELETION_UNCONFIRMED',
    `Nothing was sent: it would delete ${formatCount(countDeleted(plan), 'vector')}, more than a tenth of an index (${[...new Set(reasons)].map((reason) => REASONS[reason]).join('; ')}).`,
    {
      action: `See which: vitrine cloud plan "${catalog}". If they shall go, give --delete, too.`,
      subject: catalog,
    },
  );
}

function few({
  count,
  keys,
}: {
  readonly count: number;
  readonly keys: readonly string[];
}): string {
  const shown = keys.slice(0, KEYS_SHOWN).join(' ');
  return count > KEYS_SHOWN ? `${shown} …` : shown;
}
