import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCollectedIn } from './collections-store.ts';
import styles from './collected-mark.module.css';

interface CollectedMarkProps {
  /** The item's key. */
  readonly itemKey: string;
  readonly id?: string;
  /** On the light ground of a picture, in its corner. */
  readonly onPicture?: boolean;
}

/** Says that an item is in the collection used last; nothing where it is not. */
export function CollectedMark({ itemKey, ...shown }: CollectedMarkProps) {
  const name = useCollectedIn(itemKey);
  return name === null ? null : <MarkOf name={name} {...shown} />;
}

function MarkOf({
  name,
  id,
  onPicture = false,
}: Omit<CollectedMarkProps, 'itemKey'> & { readonly name: string }) {
  const { t } = useTranslation();
  const text = t('collections.inMark', { name });
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
