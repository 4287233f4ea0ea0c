import type { PercentCrop } from 'react-image-crop';
import type { Crop } from '../../shared/contract/search.ts';

/** A crop in fractions of the picture, as the cropper draws it. */
export function toPercent(crop: Crop): PercentCrop {
  return {
    unit: '%',
    x: crop.x * 100,
    y: crop.y * 100,
    width: crop.width * 100,
    height: crop.height * 100,
  };
}

/** The cropper's rectangle in fractions, inside the picture; null when it has no area. */
export function fromPercent(crop: PercentCrop): Crop | null {
  const x = clamp(crop.x / 100);
  const y = clamp(crop.y / 100);
  const width = Math.min(1 - x, crop.width / 100);
  const height = Math.min(1 - y, crop.height / 100);
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
