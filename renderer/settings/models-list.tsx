import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ModelInfo } from '../../shared/contract/models.ts';
import { client } from '../api/client.ts';
import { FailureMessage } from '../app/failure-message.tsx';
import { formatBytes } from '../app/format.ts';
import { notifyDone, notifyFailure } from '../app/notify.ts';
import styles from './models-list.module.css';

/** The models the manifest names, and whether their files are there and whole. */
export function ModelsList() {
  const models = useQuery({
    queryKey: ['models'],
    queryFn: ({ signal }) => client.models.list(undefined, { signal }),
    staleTime: 0,
  });
  if (models.isError) {
    return <FailureMessage error={models.error} onRetry={() => void models.refetch()} />;
  }
  return (
    <ul className={styles.list}>
      {models.data?.map((model) => (
        <Model key={model.id} model={model} />
      ))}
    </ul>
  );
}

function Model({ model }: { readonly model: ModelInfo }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const verify = useMutation({
    mutationFn: () => client.models.verify({ id: model.id }),
    onError: notifyFailure,
    onSuccess: (checked) => {
      queries.setQueryData<ModelInfo[]>(['models'], (before) =>
        before?.map((entry) => (entry.id === checked.id ? checked : entry)),
      );
      if (checked.state === 'ready') notifyDone(t('models.whole', { title: checked.title }));
    },
  });
  return (
    <li className={styles.model}>
      <div className={styles.text}>
        <h3>
          <span className={styles.side} data-side={model.modality} aria-hidden />
          {model.title}
          {model.active && <span className={styles.active}>{t('models.active')}</span>}
        </h3>
        <p>
          {[
            t(`models.modality.${model.modality}`),
            t('models.dimension', { dimension: model.dimension }),
            formatBytes(model.sizeBytes),
            model.licence,
          ].join(' · ')}
        </p>
        {model.reason !== null && <p className={styles.reason}>{model.reason}</p>}
      </div>
      <span className={styles.state} data-state={model.state}>
        {t(`models.state.${model.state}`)}
      </span>
      <button
        type="button"
        className="button"
        aria-label={t('models.verifyOf', { title: model.title })}
        disabled={verify.isPending || model.state === 'missing'}
        onClick={() => verify.mutate()}
      >
        {t(verify.isPending ? 'models.verifying' : 'models.verify')}
      </button>
    </li>
  );
}
