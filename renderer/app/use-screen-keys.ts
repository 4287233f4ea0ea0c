import { useEffect } from 'react';
import { useLocation } from 'wouter';

const SCREENS = ['/search', '/browse', '/ingest', '/cloud', '/settings'] as const;

/** Ctrl or Cmd with 1 to 5 goes to a screen, with K or L to the words; `/` does so too. */
export function useScreenKeys(): void {
  const [, navigate] = useLocation();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const command = event.ctrlKey || event.metaKey;
      const screen = command && !event.shiftKey ? SCREENS[Number(event.key) - 1] : undefined;
      const toWords =
        (command && event.key.toLowerCase() === 'k') || (event.key === '/' && !isTyping(event));
      if (screen !== undefined) {
        event.preventDefault();
        navigate(screen);
      } else if (toWords) {
        event.preventDefault();
        navigate('/search');
        // The screen may only now be drawn.
        requestAnimationFrame(() => document.querySelector<HTMLElement>('#query-words')?.focus());
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate]);
}

/** Whether a key goes into a text field, where a letter or digit means itself. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement ||
      (target instanceof HTMLInputElement &&
        !['checkbox', 'radio', 'range', 'button'].includes(target.type)))
  );
}
