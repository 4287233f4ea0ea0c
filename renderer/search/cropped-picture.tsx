import { IconPhoto } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { imageUrl } from '../api/images.ts';
import type { QueryPictureChoice } from './query-store.ts';
import styles from './cropped-picture.module.css';

/** Where the picture asked with can be loaded from. */
export function pictureUrl(picture: QueryPictureChoice, width: number): string {
  return picture.kind === 'picture'
    ? picture.url
    : imageUrl(picture.item.id, { width, version: picture.item.imageVersion });
}

/** What a picture is called, for those who do not see it. */
export function pictureName(picture: QueryPictureChoice): string {
  return picture.kind === 'picture' ? picture.name : picture.item.name || picture.item.key;
}

/** The part of a picture that is asked with, whole within its square. */
export function CroppedPicture({ picture }: { readonly picture: QueryPictureChoice }) {
  const { t } = useTranslation();
  const { crop } = picture;
  const name = pictureName(picture);
  const src = pictureUrl(picture, crop === null ? 88 : 320);
  const [failedSrc, setFailedSrc] = useState<string | null>(null);
  const onError = () => setFailedSrc(src);
  if (failedSrc === src) {
    return (
      <span className={styles.failed} title={name}>
        <IconPhoto size={26} stroke={1.4} aria-hidden />
        <span className="visually-hidden">{name}</span>
      </span>
    );
  }
  if (crop === null) {
    return (
      <img className={styles.whole} src={src} alt={name} draggable={false} onError={onError} />
    );
  }
  return (
    <svg
      className={styles.part}
      role="img"
      aria-label={t('search.partOf', { name })}
      viewBox="0 0 1 1"
      preserveAspectRatio="none"
    >
      {/* Drawn in fractions: the rectangle of the crop fills the view. */}
      <image
        href={src}
        onError={onError}
        x={-crop.x / crop.width}
        y={-crop.y / crop.height}
        width={1 / crop.width}
        height={1 / crop.height}
        preserveAspectRatio="none"
      />
    </svg>
  );
}
