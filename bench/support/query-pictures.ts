import sharp from 'sharp';

/** What a user drops: never a file of the catalog, so every one has bytes of its own. */
export async function makeQueryPictures(
  pictures: readonly string[],
  options: {
    readonly count: number;
    readonly width: number;
    readonly height: number;
    /** Tells two sets of the same pictures apart. */
    readonly quality: number;
  },
): Promise<Uint8Array[]> {
  const { count, width, height, quality } = options;
  const made: Uint8Array[] = [];
  for (let n = 0; n < count; n += 1) {
    const picture = pictures[Math.floor((n * pictures.length) / count)]!;
    made.push(
      await sharp(picture)
        .resize(width, height, { fit: 'contain', background: '#ffffff' })
        .jpeg({ quality })
        .toBuffer(),
    );
  }
  return made;
}
