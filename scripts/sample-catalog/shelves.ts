import type { Kind } from './kinds.ts';
import { BELTS, SCARVES, SOCKS, TIES, UMBRELLAS } from './garments/accessories.ts';
import { BACKPACKS, HANDBAGS } from './garments/bags.ts';
import { SHORTS, SKIRTS, TROUSERS } from './garments/bottoms.ts';
import { DRESSES } from './garments/dresses.ts';
import { SUNGLASSES } from './garments/eyewear.ts';
import { BOOTS, SNEAKERS } from './garments/footwear.ts';
import { HATS } from './garments/hats.ts';
import { FLATS, HEELS } from './garments/heels.ts';
import { OUTERWEAR } from './garments/outerwear.ts';
import { KNITWEAR, SHIRTS } from './garments/shirts.ts';
import { POLOS, TEES } from './garments/tops.ts';
import { WATCHES } from './garments/watches.ts';

/** Every kind in the shop, in the order of its shelves. */
export const KINDS: readonly Kind[] = [
  TEES,
  POLOS,
  SHIRTS,
  KNITWEAR,
  OUTERWEAR,
  DRESSES,
  SKIRTS,
  TROUSERS,
  SHORTS,
  SNEAKERS,
  BOOTS,
  HEELS,
  FLATS,
  HANDBAGS,
  BACKPACKS,
  HATS,
  WATCHES,
  SUNGLASSES,
  SCARVES,
  BELTS,
  UMBRELLAS,
  SOCKS,
  TIES,
];
