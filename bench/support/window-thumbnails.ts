import type { WindowHost } from './window-host.ts';

/** As many as a browser asks of one host at once. */
const AT_ONCE = 6;
/** Width of a thumbnail in a grid. */
const WIDTH = 160;

/** Asks for the thumbnails of items twice: milliseconds of each the first time, and after. */
export async function fetchThumbnails(
  host: WindowHost,
  itemIds: readonly number[],
): Promise<{ first: number[]; warm: number[] }> {
  const { origin, hash } = new URL(host.url);
  const token = new URLSearchParams(hash.slice(1)).get('token') ?? '';
  const session = await fetch(`${origin}/session`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { imageToken } = (await session.json()) as { imageToken: string };
  const fetchAll = async () => {
    const times: number[] = [];
    const waiting = [...itemIds];
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
          const began = performance.now();
          const answer = await fetch(`${origin}/img/${id}?w=${WIDTH}&t=${imageToken}`);
          await answer.arrayBuffer();
          if (!answer.ok) throw new Error(`Thumbnail of item ${id}: status ${answer.status}`);
          times.push(performance.now() - began);
        }
      }),
    );
    return times;
  };
  return { first: await fetchAll(), warm: await fetchAll() };
}
