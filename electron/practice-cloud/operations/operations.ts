import {
  createVectorBucket,
  deleteVectorBucket,
  deleteVectorBucketPolicy,
  getVectorBucket,
  getVectorBucketPolicy,
  listVectorBuckets,
  putVectorBucketPolicy,
} from './buckets.ts';
import type { Operation } from './context.ts';
import { createIndex, deleteIndex, getIndex, listIndexes } from './indexes.ts';
import { putVectorBucketDefaultIndexMode, updateIndexMode } from './modes.ts';
import { queryVectors } from './query-vectors.ts';
import { getVectors, listVectors } from './read-vectors.ts';
import { listTagsForResource, tagResource, untagResource } from './tags.ts';
import { deleteVectors, putVectors } from './write-vectors.ts';

/** Every operation of the service by its name, which is also its path (tags aside). */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  CreateIndex: createIndex,
  CreateVectorBucket: createVectorBucket,
  DeleteIndex: deleteIndex,
  DeleteVectorBucket: deleteVectorBucket,
  DeleteVectorBucketPolicy: deleteVectorBucketPolicy,
  DeleteVectors: deleteVectors,
  GetIndex: getIndex,
  GetVectorBucket: getVectorBucket,
  GetVectorBucketPolicy: getVectorBucketPolicy,
  GetVectors: getVectors,
  ListIndexes: listIndexes,
  ListTagsForResource: listTagsForResource,
  ListVectorBuckets: listVectorBuckets,
  ListVectors: listVectors,
  PutVectorBucketDefaultIndexMode: putVectorBucketDefaultIndexMode,
  PutVectorBucketPolicy: putVectorBucketPolicy,
  PutVectors: putVectors,
  QueryVectors: queryVectors,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateIndexMode: updateIndexMode,
};
