import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { formatClock, formatCount, formatRate } from '../app/format.ts';
import { useLive } from '../app/live.ts';
import { StageFrame } from './stage-bar.tsx';

/** The fourth stage: what Cloud says of a linked catalog in a line, both indexes together. */
export function PublishStage({ catalogId }: { readonly catalogId: number }) {
  const { t } = useTranslation();
  const progress = useLive(({ publishing }) =>
    publishing.find((entry) => entry.catalogId === catalogId),
  );
  const title = t('ingest.stages.publish');
  if (progress === undefined) {
    return (
      <StageFrame
        title={title}
        state={t('ingest.notLinked')}
        left={t('ingest.s3')}
        right={<Link href="/cloud">{t('ingest.toCloud')}</Link>}
        tone="waiting"
        fraction={0}
      />
    );
  }
  const { state, sides, etaSeconds } = progress;
  const done = sides.reduce((sum, side) => sum + side.done, 0);
  const total = sides.reduce((sum, side) => sum + side.total, 0);
  const rate = sides.reduce((sum, side) => sum + (side.ratePerSecond ?? 0), 0);
  const isDone = state === 'idle' && total > 0 && done >= total;
  return (
    <StageFrame
      title={title}
      state={
        state === 'running' && rate > 0
          ? t('status.rate', { rate: formatRate(rate) })
          : t(
              isDone
                ? 'ingest.states.done'
                : state === 'idle'
                  ? 'ingest.linked'
                  : `ingest.states.${state}`,
            )
      }
      left={
        total === 0
          ? t('ingest.s3')
          : isDone
            ? formatCount(total)
            : t('ingest.doneOf', { done: formatCount(done), total: formatCount(total) })
      }
      right={
        etaSeconds === null ? (
          <Link href="/cloud">{t('ingest.toCloud')}</Link>
        ) : (
          t('status.left', { time: formatClock(etaSeconds) })
        )
      }
      tone={isDone ? 'done' : state === 'idle' ? 'waiting' : state}
      fraction={total === 0 ? 0 : done / total}
    />
  );
}
