import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureMessage } from '../app/failure-message.tsx';
import { importModel } from './import-model.ts';
import { ModelRow } from './model-row.tsx';
import styles from './models-section.module.css';
import { Section } from '../app/section.tsx';
import { useModels } from './use-models.ts';

/** The models the manifest names: what each is worth here, and what can be done with it. */
export function ModelsSection() {
  const { t } = useTranslation();
  const models = useModels();
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div
      // A model file dropped here is an import; anywhere else it would be taken for a picture.
      onDrop={(event) => {
        const file = [...event.dataTransfer.files].find(({ name }) => /\.(onnx|json)$/i.test(name));
        if (file === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        void importModel(file);
      }}
    >
      <Section
        title={t('settings.models')}
        help={t('settings.modelsHelp')}
        aside={
          <button
            type="button"
            className="button"
            title={t('models.importHint')}
            onClick={() => picker.current?.click()}
          >
            {t('models.import')}
          </button>
        }
      >
        <input
          ref={picker}
          type="file"
          accept=".onnx,.json"
          hidden
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            event.currentTarget.value = '';
            if (file !== undefined) void importModel(file);
          }}
        />
        {models.isError && (
          <FailureMessage error={models.error} onRetry={() => void models.refetch()} />
        )}
        {models.data !== undefined &&
          (['image', 'text'] as const).map((side) => (
            <div key={side} className={styles.side} data-side={side}>
              <h3>
                <span className={styles.dot} aria-hidden />
                {t(`models.sides.${side}`)}
              </h3>
              <ul className={styles.list}>
                {models.data
                  .filter(({ modality }) => modality === side)
                  .map((model) => (
                    <ModelRow key={model.id} model={model} all={models.data} />
                  ))}
              </ul>
            </div>
          ))}
      </Section>
    </div>
  );
}
