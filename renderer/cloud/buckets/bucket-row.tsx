import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  BucketSummary,
  IndexDetail,
  IndexPlace,
} from '../../../shared/contract/cloud/indexes.ts';
import { client } from '../../api/client.ts';
import styles from './buckets-section.module.css';
import { CloudFailure, useFailure } from '../cloud-failure.tsx';
import { CreateIndexDialog } from './create-index-dialog.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { RestoreDialog } from '../listing/restore-dialog.tsx';
import { TagLine } from './tag-line.tsx';

/** A bucket; opened, its indexes. */
export function BucketRow({ bucket }: { readonly bucket: BucketSummary }) {
  const { t } = useTranslation();
  const { name } = bucket;
  const [isOpen, setOpen] = useState(false);
  const [dialog, setDialog] = useState<'create' | 'delete' | 'restore' | null>(null);
  const list = useInfiniteQuery({
    queryKey: ['cloud', 'indexes', name],
    queryFn: ({ pageParam, signal }) =>
      client.cloud.indexes.list(
        { bucket: name, ...(pageParam === null ? {} : { next: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    enabled: isOpen,
    staleTime: 0,
    retry: false,
  });
  const detail = useQuery({
    queryKey: ['cloud', 'bucket', name],
    queryFn: ({ signal }) => client.cloud.buckets.show({ bucket: name }, { signal }),
    enabled: isOpen,
    staleTime: 0,
    retry: false,
  });
  const encryption = detail.data?.encryption ?? null;
  const indexes = list.data?.pages.flatMap((page) => page.indexes) ?? [];
  return (
    <li>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          {name}
          {bucket.createdAt !== null && <small>{dateOf(bucket.createdAt)}</small>}
        </summary>
        <div className={styles.inside}>
          {list.isError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
          {encryption !== null && (
            <dl className={styles.facts}>
              <dt>{t('cloud.indexes.fact.encryption')}</dt>
              <dd>{t(`cloud.encryption.${encryption}`)}</dd>
            </dl>
          )}
          {isOpen && <TagLine target={{ bucket: name }} />}
          {list.isSuccess && indexes.length === 0 && <p>{t('cloud.indexes.none')}</p>}
          <ul>
            {indexes.map((index) => (
              <IndexRow key={index.name} place={{ bucket: name, name: index.name }} />
            ))}
          </ul>
          <div className={styles.actions}>
            {list.hasNextPage && (
              <button type="button" className="button" onClick={() => void list.fetchNextPage()}>
                {t('cloud.buckets.more')}
              </button>
            )}
            {indexes.length > 1 && (
              <button type="button" className="button" onClick={() => setDialog('restore')}>
                {t('cloud.restore.open')}
              </button>
            )}
            <button type="button" className="button" onClick={() => setDialog('create')}>
              {t('cloud.indexes.create')}
            </button>
            <button
              type="button"
              className="button"
              disabled={!list.isSuccess || indexes.length > 0}
              title={indexes.length > 0 ? t('cloud.buckets.notEmpty') : undefined}
              aria-label={t('cloud.buckets.deleteOf', { name })}
              onClick={() => setDialog('delete')}
            >
              {t('cloud.buckets.delete')}
            </button>
          </div>
        </div>
      </details>
      {dialog === 'create' && <CreateIndexDialog bucket={name} onClose={() => setDialog(null)} />}
      {dialog === 'restore' && (
        <RestoreDialog
          bucket={name}
          indexes={indexes.map((index) => index.name)}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'delete' && (
        <DeleteDialog
          kind="bucket"
          name={name}
          onDelete={(confirmation) => client.cloud.buckets.delete({ bucket: name, confirmation })}
          onClose={() => setDialog(null)}
        />
      )}
    </li>
  );
}

function IndexRow({ place }: { readonly place: IndexPlace }) {
  const { t } = useTranslation();
  const { name } = place;
  const [isOpen, setOpen] = useState(false);
  const [isDeleting, setDeleting] = useState(false);
  const detail = useQuery({
    queryKey: ['cloud', 'index', place],
    queryFn: ({ signal }) => client.cloud.indexes.show(place, { signal }),
    enabled: isOpen,
    staleTime: 0,
    retry: false,
  });
  return (
    <li>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{name}</summary>
        <div className={styles.inside}>
          {detail.isError && <Failure error={detail.error} onRetry={() => void detail.refetch()} />}
          {detail.data && (
            <>
              <IndexFacts detail={detail.data} />
              <TagLine target={{ bucket: place.bucket, index: name }} />
            </>
          )}
          <button
            type="button"
            className="button"
            aria-label={t('cloud.indexes.deleteOf', { name })}
            onClick={() => setDeleting(true)}
          >
            {t('cloud.indexes.delete')}
          </button>
        </div>
      </details>
      {isDeleting && (
        <DeleteDialog
          kind="index"
          name={name}
          onDelete={(confirmation) => client.cloud.indexes.delete({ ...place, confirmation })}
          onClose={() => setDeleting(false)}
        />
      )}
    </li>
  );
}

function IndexFacts({ detail }: { readonly detail: IndexDetail }) {
  const { t } = useTranslation();
  const { dimension, metric, nonFilterableKeys, encryption, createdAt } = detail;
  const facts = [
    ['dimension', `${dimension}`],
    ['metric', metric],
    ['nonFilterable', nonFilterableKeys.join(', ') || t('cloud.indexes.noKeys')],
    ['encryption', encryption === null ? null : t(`cloud.encryption.${encryption}`)],
    ['created', createdAt === null ? null : dateOf(createdAt)],
  ] as const;
  return (
    <dl className={styles.facts}>
      {facts.map(
        ([key, value]) =>
          value !== null && (
            <div key={key} style={{ display: 'contents' }}>
              <dt>{t(`cloud.indexes.fact.${key}`)}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function Failure(props: { readonly error: unknown; readonly onRetry: () => void }) {
  return <CloudFailure failure={useFailure(props.error)} onRetry={props.onRetry} />;
}

function dateOf(at: number): string {
  return new Intl.DateTimeFormat('en', { dateStyle: 'medium' }).format(at);
}
