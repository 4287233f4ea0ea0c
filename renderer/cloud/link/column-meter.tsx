import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Catalog } from '../../../shared/contract/catalog.ts';
import type { MetadataColumn } from '../../../shared/contract/cloud/metadata.ts';
import { S3_VECTORS_LIMITS } from '../../../shared/s3-vectors-limits.ts';
import { client } from '../../api/client.ts';
import { formatCount } from '../../app/format.ts';
import { useSettled } from '../../app/use-settled.ts';
import { CloudFailure, useFailure } from '../cloud-failure.tsx';
import styles from './column-meter.module.css';
import { FailingRows } from '../failing-rows.tsx';

interface ColumnMeterProps {
  readonly catalog: Catalog;
  readonly columns: readonly MetadataColumn[];
}

/** How much of what the service allows the largest item would take, measured over all of them. */
export function ColumnMeter({ catalog, columns }: ColumnMeterProps) {
  const { t } = useTranslation();
  const settled = useSettled(JSON.stringify(columns), 300);
  const measure = useQuery({
    queryKey: ['cloud-measure', catalog.id, catalog.revision, settled],
    queryFn: ({ signal }) =>
      client.cloud.measureColumns(
        { catalogId: catalog.id, columns: JSON.parse(settled) as MetadataColumn[] },
        { signal },
      ),
    // An empty name would be refused; the input says so by itself.
    enabled: columns.every(({ as }) => as !== ''),
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (measure.isError) return <MeasureFailure error={measure.error} />;
  if (measure.data === undefined) return <div className={styles.meters} aria-busy />;
  const { maxFilterableBytes, maxBytes, maxKeys, failing, failures, items } = measure.data;
  const { filterableMetadataBytes, metadataBytes, metadataKeys, nonFilterableKeys } =
    S3_VECTORS_LIMITS;
  const notFilterable = columns.filter(({ filterable }) => !filterable).length;
  const meters = [
    { key: 'filterable', value: maxFilterableBytes, limit: filterableMetadataBytes },
    { key: 'bytes', value: maxBytes, limit: metadataBytes },
    { key: 'keys', value: maxKeys, limit: metadataKeys },
    { key: 'notFilterable', value: notFilterable, limit: nonFilterableKeys },
  ] as const;
  return (
    <>
      <dl className={styles.meters} aria-label={t('cloud.meter.label')}>
        {meters.map(({ key, value, limit }) => (
          <div key={key} data-over={value > limit || undefined}>
            <dt>{t(`cloud.meter.${key}`)}</dt>
            <dd>
              {t('cloud.meter.of', { value: formatCount(value), limit: formatCount(limit) })}
              <span className={styles.bar} aria-hidden>
                <span style={{ width: `${Math.min(100, (value / limit) * 100)}%` }} />
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <FailingRows failing={failing} of={items} failures={failures} />
    </>
  );
}

function MeasureFailure({ error }: { readonly error: unknown }) {
  return <CloudFailure failure={useFailure(error)} />;
}
