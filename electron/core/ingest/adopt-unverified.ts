import path from 'node:path';
import type { Modality } from '../../../shared/contract/models.ts';
import type { Db } from '../db/database.ts';
import { hashFile } from '../models/hash-file.ts';
import { UNVERIFIED, type ModelRef } from '../vectors/embedding-repository.ts';
import type { ItemRow } from './item-rows.ts';

/**
 * Vectors that came from an index without a hash of their content are taken for those of the picture
 * or name that now lies under their key: from here on a change is noticed, and nothing is embedded
 * again. The ledger keeps up, so that nothing is sent again either. A picture that cannot be read is
 * left to the embedder, which says why. Resolves with how many were.
 */
export async function adoptUnverified(
  db: Db,
  items: Iterable<ItemRow>,
  { modality, ref }: { readonly modality: Modality; readonly ref: ModelRef },
): Promise<number> {
  const adopted: { item: ItemRow; hash: string }[] = [];
  for (const item of items) {
    if (item.embeddedHash !== UNVERIFIED) continue;
    const hash =
      modality === 'text'
        ? item.nameHash
        : item.imagePath === null
          ? null
          : await hashFile(path.join(item.root, item.imagePath)).catch(() => null);
    if (hash !== null) adopted.push({ item, hash });
  }
  if (adopted.length === 0) return 0;
  const vouch = db.prepare(
    `UPDATE embedding SET content_hash = @hash
     WHERE item_id = @id AND model_ref = @ref AND content_hash = '${UNVERIFIED}'`,
  );
  const settle = db.prepare(
    `UPDATE item SET image_stale = 0, image_missing = 0 WHERE id = @id
       AND concat_ws(' ', image_bytes, image_mtime_ms, name_hash) = @contentVersion`,
  );
  const keepUp = db.prepare(
    `UPDATE ledger SET content_hash = @hash
     WHERE key = @key AND model_ref = @ref AND content_hash = '${UNVERIFIED}'
       AND index_id IN (SELECT id FROM cloud_index WHERE catalog_id = @catalogId)`,
  );
  db.transaction(() => {
    for (const { item, hash } of adopted) {
      const { id, key, catalogId, contentVersion } = item;
      vouch.run({ hash, id, ref: ref.ref });
      keepUp.run({ hash, key, ref: ref.ref, catalogId });
      if (modality === 'image') settle.run({ id, contentVersion });
    }
  }).immediate();
  return adopted.length;
}
