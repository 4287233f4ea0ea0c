import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client.ts';
import { Section } from '../../app/section.tsx';
import { BucketRow } from './bucket-row.tsx';
import styles from './buckets-section.module.css';
import { CloudFailure, useFailure } from '../cloud-failure.tsx';
import { CreateBucketDialog } from './create-bucket-dialog.tsx';

/** The vector buckets of the account, asked for when somebody wants to see them. */
export function BucketsSection() {
  const { t } = useTranslation();
  const [isShown, setShown] = useState(false);
  const [isCreating, setCreating] = useState(false);
  const list = useInfiniteQuery({
    queryKey: ['cloud', 'buckets'],
    queryFn: ({ pageParam, signal }) =>
      client.cloud.buckets.list(pageParam === null ? {} : { next: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    enabled: isShown,
    staleTime: 0,
    retry: false,
  });
  const buckets = list.data?.pages.flatMap((page) => page.buckets) ?? [];
  return (
    <Section
      title={t('cloud.buckets.title')}
      help={isShown ? undefined : t('cloud.buckets.help')}
      aside={
        <div className={styles.actions}>
          {isShown && (
            <button type="button" className="button" onClick={() => setCreating(true)}>
              {t('cloud.buckets.create')}
            </button>
          )}
          <button
            type="button"
            className="button"
            disabled={list.isFetching}
            onClick={() => (isShown ? void list.refetch() : setShown(true))}
          >
            {t(isShown ? 'cloud.buckets.refresh' : 'cloud.buckets.show')}
          </button>
        </div>
      }
    >
      {list.isError && <ListFailure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && buckets.length === 0 && (
        <p className={styles.none}>{t('cloud.buckets.none')}</p>
      )}
      {buckets.length > 0 && (
        <ul className={styles.list}>
          {buckets.map((bucket) => (
            <BucketRow key={bucket.name} bucket={bucket} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <button type="button" className="button" onClick={() => void list.fetchNextPage()}>
          {t('cloud.buckets.more')}
        </button>
      )}
      {isCreating && <CreateBucketDialog onClose={() => setCreating(false)} />}
    </Section>
  );
}

function ListFailure(props: { readonly error: unknown; readonly onRetry: () => void }) {
  return <CloudFailure failure={useFailure(props.error)} onRetry={props.onRetry} />;
}
