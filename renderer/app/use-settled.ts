import { useEffect, useRef, useState } from 'react';

/**
 * `value`, taken over at most once every `everyMs`: while a catalog is being embedded its revision
 * changes many times a second, and a screen that asked again each time would flicker. Infinity
 * holds on to what there is.
 */
export function useSettled<T>(value: T, everyMs: number): T {
  const [settled, setSettled] = useState(value);
  const takenAt = useRef(0);
  useEffect(() => {
    if (Object.is(value, settled) || everyMs === Number.POSITIVE_INFINITY) return undefined;
    const wait = Math.max(0, takenAt.current + everyMs - Date.now());
    const timer = setTimeout(() => {
      takenAt.current = Date.now();
      setSettled(value);
    }, wait);
    return () => clearTimeout(timer);
  }, [value, settled, everyMs]);
  return settled;
}
