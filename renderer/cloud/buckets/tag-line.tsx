import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TagTarget } from '../../../shared/contract/cloud/tags.ts';
import { isModelTag } from '../../../shared/model-tags.ts';
import { client } from '../../api/client.ts';
import { CloudFailure, useFailure } from '../cloud-failure.tsx';
import { TagDialog } from './tag-dialog.tsx';
import styles from './tag-line.module.css';

/** The tags of a bucket or an index, and the way to change them. */
export function TagLine({ target }: { readonly target: TagTarget }) {
  const { t } = useTranslation();
  const [isEditing, setEditing] = useState(false);
  const tags = useQuery({
    queryKey: ['cloud', 'tags', target],
    queryFn: ({ signal }) => client.cloud.tags.list(target, { signal }),
    staleTime: 0,
    retry: false,
  });
  const entries = Object.entries(tags.data ?? {});
  const name = target.index ?? target.bucket;
  return (
    <div className={styles.line}>
      <p>{t('cloud.tags.title')}</p>
      {tags.isError && <Failure error={tags.error} onRetry={() => void tags.refetch()} />}
      {tags.data && (
        <>
          <ul>
            {entries.map(([key, value]) => (
              <li
                key={key}
                data-model={isModelTag(key) || undefined}
                title={isModelTag(key) ? t('cloud.tags.modelHint') : undefined}
              >
                <span>{key}</span> {value}
              </li>
            ))}
            {entries.length === 0 && <li data-none>{t('cloud.tags.none')}</li>}
          </ul>
          <button
            type="button"
            className="link"
            aria-label={t('cloud.tags.editOf', { name })}
            onClick={() => setEditing(true)}
          >
            {t('cloud.tags.edit')}
          </button>
        </>
      )}
      {isEditing && tags.data && (
        <TagDialog target={target} tags={tags.data} onClose={() => setEditing(false)} />
      )}
    </div>
  );
}

function Failure(props: { readonly error: unknown; readonly onRetry: () => void }) {
  return <CloudFailure failure={useFailure(props.error)} onRetry={props.onRetry} />;
}
