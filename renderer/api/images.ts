import { connection } from './client.ts';
import { storedWidth } from './image-width.ts';

export interface ImageRequest {
  /** CSS pixels it is shown at. */
  readonly width: number;
  /** The item's `imageVersion`: a changed picture has another address. */
  readonly version: string;
}

/** The address of an item's picture, in the smallest stored width that is sharp on this screen. */
export function imageUrl(itemId: number, request: ImageRequest): string {
  const width = storedWidth(request.width * window.devicePixelRatio);
  const query = new URLSearchParams({ w: String(width), v: request.version });
  if (connection.imageToken !== null) query.set('t', connection.imageToken);
  return `/img/${itemId}?${query.toString()}`;
}
