import { useTranslation } from 'react-i18next';
import type { ItemDetail } from '../../shared/contract/catalog.ts';
import { formatBytes, formatCount, formatValue } from '../app/format.ts';
import { isElsewhere } from '../grid/is-elsewhere.ts';
import styles from './fields.module.css';

interface FieldsProps {
  readonly item: ItemDetail;
  /** The folder of its catalog; null where that is not known. */
  readonly root: string | null;
}

/** Every field of the item, then, where it is here, where it comes from and what embedded it. */
export function Fields({ item, root }: FieldsProps) {
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
    [t('detail.path'), root === null ? item.imagePath : pathOf(root, item.imagePath)],
    [t('detail.file'), item.imageBytes === null ? null : formatBytes(item.imageBytes)],
    [t('detail.pictureModel'), item.embedded.image?.model ?? t('detail.notEmbedded')],
    [t('detail.wordsModel'), item.embedded.text?.model ?? t('detail.notEmbedded')],
  ] as const;
  return (
    <>
      <dl className={styles.fields}>
        {Object.entries(item.metadata).map(([field, value]) => (
          <div key={field}>
            <dt dir="auto">{field}</dt>
            <dd dir="auto">{formatValue(value)}</dd>
          </div>
        ))}
      </dl>
      {!isElsewhere(item) && (
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
      )}
    </>
  );
}

/** The whole path as the system writes it. */
function pathOf(root: string, imagePath: string | null): string | null {
  if (imagePath === null) return null;
  const separator = root.includes('\\') ? '\\' : '/';
  const folder = root.endsWith(separator) ? root.slice(0, -1) : root;
  return [folder, ...imagePath.split('/')].join(separator);
}
