// No absolute path starts so.
const PREFIX = 's3vectors:';

/**
 * What stands for the folder of a catalog that was made from indexes, until it is given one: where
 * they are. The same indexes always give the same text.
 */
export function folderlessRoot(options: {
  readonly at: string | null;
  readonly bucket: string;
  readonly indexes: readonly string[];
}): string {
  const { at, bucket, indexes } = options;
  return `${PREFIX}${at ?? ''}/${bucket}/${indexes.join('+')}`;
}

/** Whether a catalog has no folder yet, so no pictures. */
export function isFolderless(root: string): boolean {
  return root.startsWith(PREFIX);
}
