import type { IndexDetail } from '../../../shared/contract/cloud/indexes.ts';
import { MODEL_TAGS } from '../../../shared/model-tags.ts';
import type { ModelIdentity } from '../vectors/embedding-repository.ts';

/** The model an index says its vectors are by; null when it does not say. */
export function modelTold({
  tags,
}: Pick<IndexDetail, 'tags'>): Pick<ModelIdentity, 'id' | 'sha256'> | null {
  const id = tags[MODEL_TAGS.id];
  const sha256 = tags[MODEL_TAGS.sha256];
  return id === undefined || sha256 === undefined ? null : { id, sha256 };
}
