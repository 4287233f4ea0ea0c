import { createHash } from 'node:crypto';

/**
 * What stands for the id of an item that is not in the catalog: below zero, where no item's id is,
 * and the same for the same key each time, because lists tell their entries apart by it.
 */
export function foreignId(key: string): number {
  return -1 - createHash('sha256').update(key).digest().readUIntBE(0, 6);
}
