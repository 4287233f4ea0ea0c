import { describe, expect, it } from 'vitest';
import { cropSchema } from '../../shared/contract/search.ts';
import { fromPercent, toPercent } from './crop-fractions.ts';

describe('crop fractions', () => {
  it('go there and back', () => {
    const crop = { x: 0.25, y: 0.5, width: 0.5, height: 0.25 };
    expect(fromPercent(toPercent(crop))).toEqual(crop);
  });

  it('stay inside the picture whatever rounding the cropper does', () => {
    const crop = fromPercent({ unit: '%', x: 60.000001, y: -0.0001, width: 40.00001, height: 101 });
    expect(cropSchema.safeParse(crop).success).toBe(true);
    expect(crop !== null && crop.x + crop.width <= 1).toBe(true);
  });

  it('are nothing without an area', () => {
    expect(fromPercent({ unit: '%', x: 10, y: 10, width: 0, height: 10 })).toBeNull();
  });
});
