import { useEffect } from 'react';
import type { Mode } from '../../shared/contract/search.ts';
import { isTyping } from '../app/use-screen-keys.ts';
import { openItem, setMode } from './query-store.ts';

const MODES = new Map<string, Mode>([
  ['1', 'image'],
  ['2', 'text'],
  ['3', 'fused'],
]);

/** 1, 2 and 3 choose the mode, Escape closes the details; inside a text field they are text. */
export function useSearchKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (document.querySelector('[role="dialog"]') !== null) return;
      if (event.key === 'Escape' && !isTyping(event)) openItem(null);
      const mode = MODES.get(event.key);
      if (mode !== undefined && !isTyping(event)) setMode(mode);
    };
    // Before a dialog closes on the same Escape: while one is open, the key is the dialog's.
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, []);
}
