import { useEffect, useState } from 'react';

/**
 * The value as it was when the screen was last painted; null before that. What only prepares for
 * later waits for it, so that what is asked for now is not held up.
 */
export function usePainted<T>(value: T): T | null {
  const [painted, setPainted] = useState<T | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    // A frame's callbacks run right before it is painted, a timer set there right after.
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setPainted(value));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [value]);
  return painted;
}
