import { IconPhotoOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemTile } from '../../shared/contract/catalog.ts';
import { imageUrl } from '../api/images.ts';
import styles from './picture.module.css';

interface PictureProps {
  readonly item: Pick<ItemTile, 'id' | 'name' | 'key' | 'imagePath' | 'imageVersion'>;
  /** CSS pixels it is shown at. */
  readonly width: number;
  readonly alt?: string;
  /** Too small for words: what is missing shows as a sign. */
  readonly small?: boolean;
  /** The id of the words that say it is missing. */
  readonly missingId?: string;
}

/** An item's picture, whole and never cropped; where there is none it says so. */
export function Picture({ item, width, alt, small = false, missingId }: PictureProps) {
  const url = imageUrl(item.id, { width, version: item.imageVersion });
  const [failedUrl, setFailedUrl] = useState<string | null>(null);
  if (item.imagePath === null || failedUrl === url) return <Missing small={small} id={missingId} />;
  return (
    <img
      className={styles.picture}
      src={url}
      alt={alt ?? (item.name || item.key)}
      draggable={false}
      decoding="async"
      onError={() => setFailedUrl(url)}
    />
  );
}

function Missing({ small, id }: { readonly small: boolean; readonly id: string | undefined }) {
  const { t } = useTranslation();
  return small ? (
    <span className={styles.missing} data-missing title={t('grid.imageNotFound')}>
      <IconPhotoOff size={18} stroke={1.5} aria-hidden />
      <span className="visually-hidden">{t('grid.imageNotFound')}</span>
    </span>
  ) : (
    <span id={id} className={styles.missing} data-missing>
      {t('grid.imageNotFound')}
    </span>
  );
}
