import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useIsIn, useTarget } from './collections-store.ts';
import styles from './collected-mark.module.css';

interface CollectedMarkProps {
  /** The item's key. */
  readonly itemKey: string;
  readonly id?: string;
  /** On the light ground of a picture, in its corner. */
  readonly onPicture?: boolean;
}

/** Says that an item is in the collection used last; nothing where it is not. */
export function CollectedMark({ itemKey, id, onPicture = false }: CollectedMarkProps) {
  const { t } = useTranslation();
  const target = useTarget();
  const there = useIsIn(target?.id, itemKey);
  if (!there || target === null) return null;
  const text = t('collections.inMark', { name: target.name });
  return (
    <span
      id={id}
      className={styles.mark}
      data-on-picture={onPicture || undefined}
      data-collected
      title={text}
    >
      <IconCheck size={13} stroke={2.6} aria-hidden />
      <span className="visually-hidden">{text}</span>
    </span>
  );
}
