import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Catalog } from '../../shared/contract/catalog.ts';
import type { Stage, StageName } from '../../shared/contract/ingest.ts';
import { client } from '../api/client.ts';
import { useProgress } from '../app/catalog-choice.ts';
import { notifyFailure } from '../app/notify.ts';
import styles from './catalog-card.module.css';
import { PublishStage } from './publish-stage.tsx';
import { StageBar } from './stage-bar.tsx';

const STAGES: readonly StageName[] = ['scan', 'image', 'text'];

/** One catalog's way through the four stages, and the handle on it. */
export function CatalogCard({ catalog }: { readonly catalog: Catalog }) {
  const { t } = useTranslation();
  const progress = useProgress(catalog.id);
  const target = { catalogId: catalog.id };
  const folder = catalog.root.split(/[/\\]/).findLast((part) => part !== '') ?? catalog.root;
  const state = progress?.state ?? (catalog.paused ? 'paused' : 'idle');

  return (
    <section className={styles.card} aria-label={catalog.name}>
      <header className={styles.head}>
        <h2 className={styles.name} dir="auto">
          {catalog.name}
        </h2>
        <span className={styles.source} title={catalog.root}>
          {[folder, ...catalog.csvFiles].join(', ')}
        </span>
        <div className={styles.actions}>
          {(state === 'running' || state === 'paused') && (
            <button
              type="button"
              className={styles.cancel}
              onClick={() => call(client.ingest.cancel(target))}
            >
              {t('ingest.cancel')}
            </button>
          )}
          {state === 'running' && (
            <button
              type="button"
              className="button"
              onClick={() => call(client.ingest.pause(target))}
            >
              <IconPlayerPause size={16} stroke={1.8} aria-hidden />
              {t('ingest.pause')}
            </button>
          )}
          {(state === 'paused' || (state === 'idle' && isUnfinished(progress?.stages))) && (
            <button
              type="button"
              className="button"
              onClick={() => call(client.ingest.resume(target))}
            >
              <IconPlayerPlay size={16} stroke={1.8} aria-hidden />
              {t('ingest.resume')}
            </button>
          )}
          {state !== 'running' && state !== 'paused' && (
            <button
              type="button"
              className="button"
              onClick={() => call(client.catalogs.rescan(target))}
            >
              {t('catalog.rescan')}
            </button>
          )}
        </div>
      </header>
      {progress?.obstacle && (
        <div className={styles.obstacle} role="alert">
          <strong>{progress.obstacle.message}</strong> {progress.obstacle.action}
        </div>
      )}
      <div className={styles.stages}>
        {STAGES.map((name) => (
          <StageBar
            key={name}
            catalog={catalog}
            stage={progress?.stages.find((stage) => stage.stage === name) ?? unknown(name)}
          />
        ))}
        <PublishStage catalogId={catalog.id} />
      </div>
    </section>
  );
}

function call(promise: Promise<unknown>): void {
  void promise.catch(notifyFailure);
}

function isUnfinished(stages: readonly Stage[] | undefined): boolean {
  return (
    stages?.some((stage) => stage.total !== null && stage.done + stage.failed < stage.total) ??
    false
  );
}

function unknown(stage: StageName): Stage {
  return {
    stage,
    state: 'waiting',
    done: 0,
    total: null,
    failed: 0,
    ratePerSecond: null,
    etaSeconds: null,
    seconds: null,
  };
}
