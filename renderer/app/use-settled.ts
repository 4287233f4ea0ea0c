import { useLayoutEffect, useRef, useState } from 'react';

/**
 * `value`, taken over at most once every `everyMs`: while a catalog is being embedded its revision
 * changes many times a second, and a screen that asked again each time would flicker. Infinity
 * holds on to what there is. A change after a while of rest is taken over before anything is painted,
 * so that what a key asks for is not asked a frame later.
 */
export function useSettled<T>(value: T, everyMs: number): T {
  const [settled, setSettled] = useState(value);
  const takenAt = useRef(0);
  useLayoutEffect(() => {
    if (Object.is(value, settled) || everyMs === Number.POSITIVE_INFINITY) return undefined;
    const take = () => {
      takenAt.current = Date.now();
      setSettled(value);
    };
    const wait = takenAt.current + everyMs - Date.now();
    if (wait <= 0) {
      take();
      return undefined;
    }
    const timer = setTimeout(take, wait);
    return () => clearTimeout(timer);
  }, [value, settled, everyMs]);
  return settled;
}
