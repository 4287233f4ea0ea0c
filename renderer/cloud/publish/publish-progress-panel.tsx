import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PublishProgress } from '../../../shared/contract/cloud/publish.ts';
import { client } from '../../api/client.ts';
import { formatClock, formatCount, formatRate } from '../../app/format.ts';
import { notifyFailure } from '../../app/notify.ts';
import { StageFrame } from '../../ingest/stage-bar.tsx';
import { CloudFailure } from '../cloud-failure.tsx';
import { PolicyDialog } from '../connection/policy-dialog.tsx';
import styles from './publish-progress-panel.module.css';
import { startPractice } from '../use-cloud.ts';

interface PublishProgressPanelProps {
  readonly progress: PublishProgress;
  /** Then it can be started from here. */
  readonly isOwnPractice: boolean;
}

/** How far each index is, what stands in the way, and the handle on it. */
export function PublishProgressPanel({ progress, isOwnPractice }: PublishProgressPanelProps) {
  const { t } = useTranslation();
  const { catalogId, state, sides, etaSeconds, obstacle, quarantined } = progress;
  const target = { catalogId };
  const [isPolicyOpen, setPolicyOpen] = useState(false);
  const goOn = () => call(client.cloud.publish(target));
  const isPaused = state === 'paused';
  const tone = isPaused || state === 'failed' || state === 'running' ? state : 'waiting';
  return (
    <div className={styles.progress}>
      <div className={styles.sides}>
        {sides
          .filter(({ total }) => total > 0 || state === 'waiting')
          .map(({ modality, done, total, ratePerSecond }) => (
            <StageFrame
              key={modality}
              title={t(`cloud.side.${modality}`)}
              state={
                state === 'running' && ratePerSecond !== null
                  ? t('status.rate', { rate: formatRate(ratePerSecond) })
                  : t(`cloud.state.${state}`)
              }
              left={
                total === 0
                  ? ''
                  : t('ingest.doneOf', { done: formatCount(done), total: formatCount(total) })
              }
              right={
                etaSeconds === null || ratePerSecond === null || done >= total
                  ? ''
                  : t('status.left', { time: formatClock(etaSeconds) })
              }
              tone={total > 0 && done >= total ? 'done' : tone}
              words={modality === 'text'}
              fraction={total === 0 ? 0 : done / total}
            />
          ))}
      </div>
      {obstacle !== null && (
        <CloudFailure failure={obstacle} onRetry={goOn} retryLabel={t('cloud.tryNow')}>
          {isOwnPractice && obstacle.code === 'CLOUD_OFFLINE' && (
            <button
              type="button"
              className="button"
              onClick={() => call(startPractice().then(() => client.cloud.publish(target)))}
            >
              {t('cloud.practice.again')}
            </button>
          )}
          {obstacle.code === 'CLOUD_ACCESS_DENIED' && (
            <button type="button" className="button" onClick={() => setPolicyOpen(true)}>
              {t('cloud.policy.show')}
            </button>
          )}
        </CloudFailure>
      )}
      {isPolicyOpen && <PolicyDialog onClose={() => setPolicyOpen(false)} />}
      <div className={styles.foot}>
        <p>
          {quarantined > 0 &&
            t('cloud.refusedSoFar', { count: quarantined, shown: formatCount(quarantined) })}
          {quarantined === 0 &&
            t(isPaused ? 'cloud.pausedHelp' : obstacle ? 'cloud.heldHelp' : 'cloud.runningHelp')}
        </p>
        <button type="button" className="button" onClick={() => call(client.cloud.cancel(target))}>
          {t('common.cancel')}
        </button>
        {isPaused ? (
          <button type="button" className="button" data-kind="primary" onClick={goOn}>
            <IconPlayerPlay size={16} stroke={1.8} aria-hidden />
            {t('ingest.resume')}
          </button>
        ) : (
          <button type="button" className="button" onClick={() => call(client.cloud.pause(target))}>
            <IconPlayerPause size={16} stroke={1.8} aria-hidden />
            {t('ingest.pause')}
          </button>
        )}
      </div>
    </div>
  );
}

function call(promise: Promise<unknown>): void {
  void promise.catch(notifyFailure);
}
