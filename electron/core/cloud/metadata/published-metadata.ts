import path from 'node:path';
import type { MetadataColumn } from '../../../../shared/contract/cloud/metadata.ts';
import type { Metadata } from '../../../../shared/contract/filter.ts';
import { S3_VECTORS_LIMITS } from '../../../../shared/s3-vectors-limits.ts';

/** What a vector's metadata is made from. */
export interface MetadataSource {
  readonly key: string;
  /** Empty when the catalog gives none. */
  readonly name: string;
  /** Relative, forward slashes; null without a picture. */
  readonly imagePath: string | null;
  readonly metadata: Metadata;
  /** SHA-256 (hex) of the picture file or the name; null where nobody knows it. */
  readonly contentHash: string | null;
}

/** An item's metadata as it is published, with its sizes in UTF-8 bytes of JSON. */
export interface PublishedMetadata {
  readonly json: string;
  readonly keys: number;
  readonly bytes: number;
  readonly filterableBytes: number;
}

/** The values of an item under the keys of the index; fields the item does not have are left out. */
export function publishedMetadata(
  item: MetadataSource,
  columns: readonly MetadataColumn[],
): PublishedMetadata {
  const all: Metadata = {};
  const filterable: Metadata = {};
  for (const column of columns) {
    const value = valueOf(item, column.from);
    if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
      continue;
    all[column.as] = value;
    if (column.filterable) filterable[column.as] = value;
  }
  const json = JSON.stringify(all);
  return {
    json,
    keys: Object.keys(all).length,
    bytes: Buffer.byteLength(json),
    filterableBytes: Buffer.byteLength(JSON.stringify(filterable)),
  };
}

/** Why the service would refuse this metadata or key; null when it is within the limits. */
export function metadataFault(key: string, metadata: PublishedMetadata): string | null {
  const { keyLength, metadataKeys, metadataBytes, filterableMetadataBytes } = S3_VECTORS_LIMITS;
  const characters = Array.from(key).length;
  if (characters > keyLength.max) {
    return `its key has ${characters} characters, more than the ${keyLength.max} allowed`;
  }
  if (metadata.keys > metadataKeys) {
    return `it has ${metadata.keys} metadata keys, more than the ${metadataKeys} allowed`;
  }
  if (metadata.filterableBytes > filterableMetadataBytes) {
    return `its filterable metadata has ${metadata.filterableBytes} bytes, more than the ${filterableMetadataBytes} allowed`;
  }
  if (metadata.bytes > metadataBytes) {
    return `its metadata has ${metadata.bytes} bytes, more than the ${metadataBytes} allowed`;
  }
  return null;
}

function valueOf(item: MetadataSource, from: MetadataColumn['from']): Metadata[string] | undefined {
  switch (from.kind) {
    case 'field':
      return item.metadata[from.field];
    case 'name':
      return item.name;
    case 'content':
      return item.contentHash ?? undefined;
    case 'template': {
      const { imagePath, key } = item;
      if (imagePath === null) return undefined;
      return from.template
        .replaceAll('{filename}', path.posix.basename(imagePath))
        .replaceAll('{path}', imagePath)
        .replaceAll('{key}', key);
    }
  }
}
