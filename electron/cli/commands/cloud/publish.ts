import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import type {
  IndexPlan,
  PublishPlan,
  SideCounts,
} from '../../../../shared/contract/cloud/publish.ts';
import type { App } from '../../../core/app.ts';
import type { PublishTally } from '../../../core/cloud/publish/publish-run.ts';
import { VitrineError } from '../../../core/errors.ts';
import { withApp, type GlobalOptions } from '../../context.ts';
import { formatCount, formatDuration, formatTable, print } from '../../output.ts';
import { allDeletions, countDeleted, describeLeaving, refuseDeletions } from './deletions.ts';
import { describeColumn } from './link.ts';
import { showPublishing } from './publish-line.ts';

/** How long an interrupted command waits for the answers to what it sent. */
const GRACE_MS = 5_000;

interface PublishFlags {
  readonly yes?: boolean;
  readonly delete?: boolean;
  readonly retry?: boolean;
}

export function addPublishCommands(cloud: Command): void {
  cloud
    .command('plan <catalog>')
    .description('what publishing would send, delete and cost; needs no network')
    .action((name: string, _flags: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const catalog = app.catalogs.find(name);
        const plan = await app.cloud.publishing.plan(catalog.id);
        print(options, {
          json: { catalog: catalog.name, ...plan },
          lines: describePlan(catalog.name, plan),
        });
      });
    });

  cloud
    .command('publish <catalog>')
    .description('make both indexes equal to the catalog; Ctrl-C pauses')
    .option('--yes', 'without asking')
    .option('--delete', 'also delete where that is more than a tenth of an index')
    .option('--retry', 'send again what the service has refused')
    .action((name: string, flags: PublishFlags, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, (app) => publish(app, name, { ...flags, ...options }), {
        jobs: ['publish'],
      });
    });
}

async function publish(
  app: App,
  name: string,
  options: GlobalOptions & PublishFlags,
): Promise<void> {
  const { publishing } = app.cloud;
  const catalog = app.catalogs.find(name);
  if (options.retry === true) publishing.forgetRefusals(catalog.id);
  const plan = await publishing.plan(catalog.id);
  const isDeleting = options.delete === true;
  if (options.yes === true && !isDeleting) refuseDeletions(catalog.name, plan);
  const answer =
    plan.isUpToDate || options.yes === true
      ? { isAgreed: true, isDeleting }
      : await ask(catalog.name, plan, { isDeleting });
  if (!answer.isAgreed) {
    throw new VitrineError('CANCELLED', 'Nothing was sent.', {
      action: 'Answer y, or give --yes to publish without being asked.',
    });
  }
  const tally = await publishUntilDone(app, catalog.id, {
    ...options,
    ...(answer.isDeleting ? { deletions: allDeletions(plan) } : {}),
  });
  const { sent, deleted, quarantined, seconds } = tally;
  print(options, {
    json: tally,
    lines: [
      `Sent ${formatCount(sent.image, 'picture')} and ${formatCount(sent.text, 'name')}, deleted ${deleted.image} and ${deleted.text}, in ${formatDuration(seconds)}` +
        (quarantined === 0
          ? '.'
          : `; ${formatCount(quarantined, 'record')} refused: see vitrine problems.`),
    ],
  });
}

/**
 * Publishes until nothing is left, or the user interrupts.
 *
 * @throws VitrineError when it cannot go on now.
 */
export async function publishUntilDone(
  app: App,
  catalogId: number,
  options: GlobalOptions & { readonly deletions?: SideCounts },
): Promise<PublishTally> {
  const { publishing } = app.cloud;
  const interrupted = new AbortController();
  // Kept to the end of the process: a second signal must not cut the clean stop short.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => interrupted.abort());
  }
  publishing.start(catalogId, { deletions: options.deletions ?? { image: 0, text: 0 } });
  const stopShowing = showPublishing(app, catalogId, options);
  try {
    app.start();
    await app.runner.whenIdle({
      kinds: ['publish'],
      catalogId: catalogId,
      isBlockedEnough: true,
      signal: interrupted.signal,
    });
  } finally {
    stopShowing();
  }
  if (interrupted.signal.aborted) {
    // Said here, so that a window opened later does not go on by itself.
    publishing.pause(catalogId);
    // What is under way is answered first, so that the last word counts it.
    const grace = AbortSignal.timeout(GRACE_MS);
    await app.runner.whenIdle({ kinds: ['publish'], catalogId, signal: grace });
    process.stderr.write('Paused. Run the same command to go on where it stopped.\n');
    process.exitCode = 1;
  } else {
    const obstacle = publishing.obstacle(catalogId);
    if (obstacle !== null) throw obstacle;
    if (app.cloud.progress().some((one) => one.catalogId === catalogId && one.state === 'paused')) {
      throw new VitrineError('INTERNAL', 'Publishing was given up after several tries.', {
        action: 'See vitrine problems for the reason; publish again to go on.',
      });
    }
  }
  return publishing.tally(catalogId);
}

/** Shows the plan and asks for the yes; for one of its own where much would be deleted. */
async function ask(
  catalog: string,
  plan: PublishPlan,
  { isDeleting }: { isDeleting: boolean },
): Promise<{ isAgreed: boolean; isDeleting: boolean }> {
  process.stderr.write(`${describePlan(catalog, plan).join('\n')}\n`);
  if (!process.stdin.isTTY) return { isAgreed: false, isDeleting };
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const isYes = async (question: string) =>
    /^y(es)?$/i.test((await prompt.question(`${question} [y/N] `)).trim());
  try {
    const isAgreed = await isYes('Publish this?');
    if (!isAgreed || isDeleting || plan.deletions !== 'separate') return { isAgreed, isDeleting };
    const count = formatCount(countDeleted(plan), 'vector');
    return { isAgreed, isDeleting: await isYes(`Delete ${count}, too?`) };
  } finally {
    prompt.close();
  }
}

function describePlan(catalog: string, plan: PublishPlan): string[] {
  const { upload, perMonth, perThousandSearches, pricesReadOn } = plan.cost;
  const failing = plan.indexes.flatMap(({ index, failures }) =>
    failures.map(({ key, reason }) => `  ${index}  ${key}: ${reason}`),
  );
  const count = plan.indexes.reduce((sum, index) => sum + index.failing, 0);
  return [
    ...formatTable([
      ['Index', 'new', 'changed', 'deleted', 'unchanged', 'refused', 'MB', 'requests'],
      ...plan.indexes.map(toRow),
    ]),
    `Metadata: ${plan.columns.map(describeColumn).join(', ') || 'none'}`,
    ...plan.indexes.map(
      ({ index, metadata }) =>
        `  ${index}: ${Math.round(metadata.meanBytes)} bytes a vector, ${metadata.maxBytes} at most, ${metadata.maxFilterableBytes} of them filterable`,
    ),
    ...(count === 0 ? [] : [`${formatCount(count, 'row')} cannot be published:`, ...failing]),
    ...describeLeaving(plan),
    plan.isUpToDate
      ? `${catalog} is published as it is; nothing to send.`
      : `At least ${formatDuration(plan.seconds)}, about $${upload.toFixed(4)} to send, $${perMonth.toFixed(4)} a month to keep,`,
    ...(plan.isUpToDate
      ? []
      : [
          `$${perThousandSearches.toFixed(4)} for a thousand searches (prices of us-east-1, ${pricesReadOn}).`,
        ]),
  ];
}

function toRow(plan: IndexPlan): (string | number)[] {
  const { bucket, index, added, changed, deleted, unchanged, quarantined, failing } = plan;
  return [
    `${bucket}/${index}`,
    added,
    changed,
    deleted,
    unchanged,
    quarantined + failing,
    (plan.bytes / 1e6).toFixed(1),
    plan.requests,
  ];
}
