import type { Shot } from './shot.ts';
import { BROWSE_SHOTS } from './shots-browse.ts';
import { COLLECTION_SHOTS } from './shots-collections.ts';
import { CLOUD_SHOTS } from './shots-cloud.ts';
import { FIRST_SHOTS } from './shots-first.ts';
import { SEARCH_SHOTS } from './shots-search.ts';
import { STATE_SHOTS } from './shots-states.ts';
import { WORK_SHOTS } from './shots-work.ts';

/** Every screen and every state, in the order of the contact sheet. */
export const SHOTS: readonly Shot[] = [
  ...FIRST_SHOTS,
  ...SEARCH_SHOTS,
  ...BROWSE_SHOTS,
  ...COLLECTION_SHOTS,
  ...WORK_SHOTS,
  ...CLOUD_SHOTS,
  ...STATE_SHOTS,
];
