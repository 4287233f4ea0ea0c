import { useLayoutEffect, useMemo, useRef } from 'react';
import type { ItemActions } from './item-actions.ts';

/** The same functions for as long as the grid lives, which do what the latest ones do. */
export function useLatestActions({ onOpen, onFindSimilar, onCrop }: ItemActions): ItemActions {
  const latest = useRef({ onOpen, onFindSimilar, onCrop });
  useLayoutEffect(() => {
    latest.current = { onOpen, onFindSimilar, onCrop };
  });
  return useMemo(
    () => ({
      onOpen: (item) => latest.current.onOpen(item),
      onFindSimilar: (item) => latest.current.onFindSimilar(item),
      onCrop: (item) => latest.current.onCrop(item),
    }),
    [],
  );
}
