import { Loader } from '@mantine/core';
import { IconCopy, IconCrop, IconSearch, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { SearchOutput, SearchResult } from '../../shared/contract/search.ts';
import { client } from '../api/client.ts';
import { useCatalog } from '../app/catalog-choice.ts';
import { copyText } from '../app/copy-text.ts';
import { FailureMessage } from '../app/failure-message.tsx';
import { useFreshness } from '../app/use-freshness.ts';
import { Picture } from '../grid/picture.tsx';
import type { ItemActions } from '../grid/item-actions.ts';
import styles from './detail-panel.module.css';
import { Fields } from './fields.tsx';
import { Neighbours } from './neighbours.tsx';
import { Why } from './why.tsx';

const NO_CATALOG = { id: 0, revision: 0 };

interface DetailPanelProps extends ItemActions {
  readonly itemId: number;
  /** Its place in the search in view, if it has one. */
  readonly result?: SearchResult | undefined;
  readonly output?: SearchOutput | undefined;
  readonly onClose: () => void;
}

/** Everything about one item: picture, name, why it is here, fields, what looks like it. */
export function DetailPanel(props: DetailPanelProps) {
  const { itemId, result, output, onClose, ...actions } = props;
  const { t } = useTranslation();
  const stamp = useFreshness(useCatalog() ?? NO_CATALOG, false);
  const detail = useQuery({
    queryKey: ['item', itemId, stamp],
    queryFn: ({ signal }) => client.browse.item({ itemId }, { signal }),
    placeholderData: (before) => before,
  });
  const item = detail.data;
  const close = (
    <button
      type="button"
      className={styles.close}
      aria-label={t('detail.close')}
      title={t('detail.close')}
      onClick={onClose}
    >
      <IconX size={17} stroke={1.8} aria-hidden />
    </button>
  );
  if (item === undefined) {
    return (
      <aside className={styles.panel} aria-label={t('detail.label')}>
        {close}
        {detail.isError ? (
          <FailureMessage error={detail.error} onRetry={() => void detail.refetch()} />
        ) : (
          <div className={styles.loading}>
            <Loader size={24} color="var(--secondary)" />
          </div>
        )}
      </aside>
    );
  }
  return (
    <aside
      className={styles.panel}
      aria-label={t('detail.label')}
      data-old={item.id !== itemId || undefined}
    >
      {close}
      <div className={styles.picture}>
        <Picture item={item} width={400} />
      </div>
      <h2 className={styles.name}>{item.name || item.key}</h2>
      <p className={styles.where}>
        {item.key}
        {item.imagePath !== null && ` · ${item.imagePath}`}
      </p>
      <div className={styles.actions}>
        <button type="button" className="button" onClick={() => actions.onFindSimilar(item)}>
          <IconSearch size={16} stroke={1.8} aria-hidden />
          {t('detail.findSimilar')}
        </button>
        {item.imagePath !== null && (
          <button
            type="button"
            className="button"
            aria-label={t('detail.crop')}
            title={t('detail.crop')}
            onClick={() => actions.onCrop(item)}
          >
            <IconCrop size={16} stroke={1.8} aria-hidden />
          </button>
        )}
        <button
          type="button"
          className="button"
          aria-label={t('detail.copyKey')}
          title={t('detail.copyKey')}
          onClick={() => void copyText(item.key)}
        >
          <IconCopy size={16} stroke={1.8} aria-hidden />
        </button>
      </div>
      {result && output && result.item.id === item.id && <Why result={result} output={output} />}
      {item.problems.map((problem) => (
        <div key={problem.id} className={styles.problem} data-severity={problem.severity}>
          <strong>{problem.reason}</strong>
          <span>{problem.action}</span>
        </div>
      ))}
      <Fields item={item} />
      {item.embedded.image !== null && (
        <Neighbours itemId={item.id} catalogId={item.catalogId} onOpen={actions.onOpen} />
      )}
    </aside>
  );
}
