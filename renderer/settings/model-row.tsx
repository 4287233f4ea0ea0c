import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelInfo } from '../../shared/contract/models.ts';
import { formatBytes, formatCount, formatRate } from '../app/format.ts';
import { useLive } from '../app/live.ts';
import { ModelDownloadBar } from './model-download-bar.tsx';
import { ModelMenu } from './model-menu.tsx';
import styles from './models-section.module.css';
import { TrustDialog } from './trust-dialog.tsx';
import { type ModelActions, useModelActions } from './use-model-actions.ts';
import { UseDialog } from './use-dialog.tsx';

interface ModelRowProps {
  readonly model: ModelInfo;
  /** With the others, of which one may still answer queries. */
  readonly all: readonly ModelInfo[];
}

/** A model: what it is, how it fares, and the one thing most likely wanted of it. */
export function ModelRow({ model, all }: ModelRowProps) {
  const { t } = useTranslation();
  const { title, modality, state, active, toEmbed } = model;
  const download = useLive((live) => live.models.downloads.find(({ id }) => id === model.id));
  const actions = useModelActions(model);
  const [asking, setAsking] = useState(false);
  const [file, setFile] = useState<File | null>(null);
  const serving = all.find((one) => one.modality === modality && one.serves > 0);
  // Chosen, and gone since: nothing is embedded until it is back or another is chosen.
  const isMissed = active && state === 'missing';
  const isBuilding = state === 'ready' && active && toEmbed > 0 && serving !== undefined;
  return (
    <li className={styles.model}>
      <div className={styles.line}>
        <div className={styles.text}>
          <h4>
            {title}
            {active && state === 'ready' && (
              <span className={styles.active}>{t('models.active')}</span>
            )}
            {state === 'damaged' && <span className={styles.bad}>{t('models.state.damaged')}</span>}
            {isMissed && <span className={styles.bad}>{t('models.state.missed')}</span>}
          </h4>
          <p>{useFacts(model)}</p>
        </div>
        <div className={styles.actions}>
          {download === undefined && <MainAction {...{ model, actions, setAsking }} />}
          {download !== undefined && download.state !== 'failed' && (
            <button
              type="button"
              className="button"
              aria-label={t('models.pauseOf', { title })}
              onClick={actions.pause}
            >
              {t('models.pause')}
            </button>
          )}
          {download?.state === 'failed' && (
            <button
              type="button"
              className="button"
              aria-label={t('models.resumeOf', { title })}
              onClick={actions.download}
            >
              {t('common.tryAgain')}
            </button>
          )}
          <ModelMenu model={model} actions={actions} onImport={setFile} />
        </div>
      </div>
      {download !== undefined && <ModelDownloadBar download={download} title={title} />}
      {download === undefined && model.partBytes > 0 && state !== 'ready' && (
        <p className={styles.note}>
          {t('models.arrived', {
            done: formatBytes(model.partBytes),
            total: formatBytes(model.sizeBytes),
          })}{' '}
          <button
            type="button"
            className="link"
            aria-label={t('models.discardOf', { title })}
            onClick={actions.discard}
          >
            {t('models.discard')}
          </button>
        </p>
      )}
      {download === undefined && (state === 'damaged' || isMissed) && (
        <p className={styles.reason}>{model.reason}</p>
      )}
      {isBuilding && (
        <p className={styles.note}>
          {t(`models.building.${modality}`, { count: toEmbed, shown: formatCount(toEmbed) })}
          {serving.id !== model.id && ` ${t('models.buildingServed', { title: serving.title })}`}
        </p>
      )}
      {asking && (
        <UseDialog
          model={model}
          serving={serving}
          onUse={actions.use}
          onClose={() => setAsking(false)}
        />
      )}
      {file !== null && <TrustDialog model={model} file={file} onClose={() => setFile(null)} />}
    </li>
  );
}

function MainAction(props: {
  readonly model: ModelInfo;
  readonly actions: ModelActions;
  readonly setAsking: (asking: boolean) => void;
}) {
  const { t } = useTranslation();
  const { model, actions, setAsking } = props;
  const { title, state, active, downloadable, partBytes } = model;
  if (state === 'ready') {
    return (
      <>
        {model.speed === null && (
          <button
            type="button"
            className="button"
            aria-label={t('models.measureOf', { title })}
            disabled={actions.isMeasuring}
            onClick={actions.measure}
          >
            {t(actions.isMeasuring ? 'models.measuring' : 'models.measure')}
          </button>
        )}
        {!active && (
          <button
            type="button"
            className="button"
            aria-label={t('models.useOf', { title })}
            onClick={() => (model.toEmbed === 0 ? actions.use() : setAsking(true))}
          >
            {t(model.toEmbed === 0 ? 'models.useNow' : 'models.use')}
          </button>
        )}
      </>
    );
  }
  if (!downloadable) return null;
  return (
    <button
      type="button"
      className="button"
      aria-label={t(partBytes > 0 ? 'models.resumeOf' : 'models.downloadOf', { title })}
      onClick={actions.download}
    >
      {partBytes > 0
        ? t('models.resume')
        : t('models.download', { size: formatBytes(model.sizeBytes) })}
    </button>
  );
}

function useFacts(model: ModelInfo): string {
  const { modality, dimension, sizeBytes, licence, speed, state, active } = model;
  const { t } = useTranslation();
  return [
    state === 'missing' && !active ? t('models.state.missing') : null,
    speed === null ? null : t(`models.speed.${modality}`, { rate: formatRate(speed.perSecond) }),
    t('models.dimension', { dimension }),
    state === 'ready' ? formatBytes(sizeBytes) : null,
    licence,
  ]
    .filter((fact) => fact !== null)
    .join(' · ');
}
