import { useTranslation } from 'react-i18next';
import type { Listing, ListingSide } from '../../../shared/contract/cloud/listing.ts';
import { formatClock, formatCount, formatRate } from '../../app/format.ts';
import { StageFrame } from '../../ingest/stage-bar.tsx';
import styles from '../publish/publish-progress-panel.module.css';

/** How far the two indexes are read, side by side as publishing shows them. */
export function ListingSides({ listing }: { readonly listing: Listing }) {
  const { t } = useTranslation();
  const { state, kind, sides, etaSeconds } = listing;
  const isRunning = state === 'running';
  return (
    <div className={styles.sides}>
      {sides.map((side) => {
        const { modality, listed, about, ratePerSecond, isDone } = side;
        return (
          <StageFrame
            key={modality}
            title={t(`cloud.side.${modality}`)}
            state={
              isRunning && ratePerSecond !== null
                ? t('status.rate', { rate: formatRate(ratePerSecond) })
                : t(`cloud.listing.state.${isDone ? 'done' : state}`)
            }
            left={
              kind === 'restore' ? (
                <>
                  {count(side)}
                  <span className={styles.quiet}>
                    {' · '}
                    {t('cloud.restore.new', { shown: formatCount(side.restored) })}
                  </span>
                </>
              ) : (
                count(side)
              )
            }
            right={
              !isRunning || etaSeconds === null || isDone
                ? ''
                : t('status.left', { time: formatClock(etaSeconds) })
            }
            tone={
              isDone ? 'done' : isRunning ? 'running' : state === 'failed' ? 'failed' : 'paused'
            }
            words={modality === 'text'}
            fraction={fractionOf({ listed, about, isRunning })}
          />
        );
      })}
    </div>
  );

  function count({ listed, about, isDone }: ListingSide): string {
    const done = formatCount(listed);
    if (isDone) return t('cloud.listing.listed', { done });
    return about === null
      ? t('cloud.listing.soFar', { done })
      : t('cloud.listing.ofAbout', { done, about: formatCount(about) });
  }
}

/** Null while it moves and nobody knows how far it has to go. */
function fractionOf(side: {
  readonly listed: number;
  readonly about: number | null;
  readonly isRunning: boolean;
}): number | null {
  const { listed, about, isRunning } = side;
  if (about === null) return isRunning ? null : 0;
  return about === 0 ? 1 : listed / about;
}
