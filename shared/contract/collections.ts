import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { catalogIdSchema, itemTileSchema } from './catalog.ts';

/** More than anybody pins by hand; a collection travels and is drawn as a whole. */
export const MOST_COLLECTED = 2_000;

export const collectionIdSchema = z.int().positive();
export const collectionNameSchema = z.string().trim().min(1).max(120);
const keySchema = z.string().min(1);

export const collectionSchema = z.object({
  id: collectionIdSchema,
  catalogId: catalogIdSchema,
  /** No two collections of a catalog have the same, upper and lower case alike. */
  name: z.string(),
  items: z.int(),
  /** Grows with every change of its items. */
  revision: z.int(),
});
export type Collection = z.infer<typeof collectionSchema>;

const inCollection = z.object({ collectionId: collectionIdSchema });

/** Items of a catalog that somebody gathered, by their keys and in an order of their own. */
export const collectionsContract = {
  /** Those of all catalogs, by name. */
  list: oc.output(z.array(collectionSchema)),
  /** Emits whenever the list or a revision changes. */
  changes: oc.output(eventIterator(z.array(collectionSchema))),
  create: oc
    .input(
      z.object({
        catalogId: catalogIdSchema,
        name: collectionNameSchema,
        keys: z.array(keySchema).max(MOST_COLLECTED).default([]),
      }),
    )
    .output(inCollection),
  rename: oc.input(inCollection.extend({ name: collectionNameSchema })).output(z.void()),
  delete: oc.input(inCollection).output(z.void()),
  /**
   * In the order of the collection. An item that has left the catalog has an id below zero, no
   * picture and the badge `gone`.
   */
  items: oc.input(inCollection).output(z.array(itemTileSchema)),
  /** What every collection of a catalog holds. */
  keys: oc
    .input(z.object({ catalogId: catalogIdSchema }))
    .output(z.array(inCollection.extend({ keys: z.array(z.string()) }))),
  /** Puts items before another one, or at the end; those that are there already stay where they are. */
  add: oc
    .input(
      inCollection.extend({
        keys: z.array(keySchema).min(1).max(MOST_COLLECTED),
        before: keySchema.nullable().default(null),
      }),
    )
    .output(z.object({ added: z.array(z.string()) })),
  /** Tells before which item it stood; null when it was the last. */
  remove: oc
    .input(inCollection.extend({ key: keySchema }))
    .output(z.object({ before: z.string().nullable() })),
  /** Moves an item before another one, or to the end. */
  move: oc
    .input(inCollection.extend({ key: keySchema, before: keySchema.nullable() }))
    .output(z.void()),
};
