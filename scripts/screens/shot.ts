import type { Page } from '@playwright/test';
import type { Stage } from './stage.ts';
import type { WorldName } from './worlds.ts';

/** CSS pixels of the window. */
export const SIZES = {
  usual: { width: 1440, height: 900 },
  small: { width: 1024, height: 640 },
  wide: { width: 2560, height: 1440 },
  /** What is left of 1440 x 900 at a zoom of 200 %. */
  zoomed: { width: 720, height: 450 },
} as const;

/** One picture of the contact sheet. */
export interface Shot {
  /** The file's name, without the theme. */
  readonly name: string;
  /** What it shows, for the sheet. */
  readonly says: string;
  readonly world: WorldName;
  readonly size?: keyof typeof SIZES;
  readonly forcedColors?: boolean;
  /** Leaves the pointer where it is: what it hovers over belongs to the picture. */
  readonly keepPointer?: boolean;
  /** The address is opened without its key, as from a bookmark. */
  readonly withoutKey?: boolean;
  /** Brings an opened window into the state to be seen. */
  readonly prepare: (page: Page, stage: Stage) => Promise<void>;
}
