import { useTranslation } from 'react-i18next';
import type { ItemDetail } from '../../shared/contract/catalog.ts';
import { formatBytes, formatCount, formatValue } from '../app/format.ts';
import styles from './fields.module.css';

/** Every field of the item, then where it comes from and what it was embedded with. */
export function Fields({ item }: { readonly item: ItemDetail }) {
  const { t } = useTranslation();
  const origin = [
    [
      t('detail.row'),
      item.rowFile === null
        ? null
        : item.rowLine === null
          ? item.rowFile
          : t('detail.rowAt', { file: item.rowFile, line: formatCount(item.rowLine) }),
    ],
    [t('detail.file'), item.imageBytes === null ? null : formatBytes(item.imageBytes)],
    [t('detail.pictureModel'), item.embedded.image?.model ?? t('detail.notEmbedded')],
    [t('detail.wordsModel'), item.embedded.text?.model ?? t('detail.notEmbedded')],
  ] as const;
  return (
    <>
      <dl className={styles.fields}>
        {Object.entries(item.metadata).map(([field, value]) => (
          <div key={field}>
            <dt>{field}</dt>
            <dd>{formatValue(value)}</dd>
          </div>
        ))}
      </dl>
      <dl className={styles.fields} data-origin>
        {origin.map(
          ([label, value]) =>
            value !== null && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </>
  );
}
