import { create } from 'zustand';

interface Announcement {
  readonly text: string;
  /** The same words once more are a change only with this. */
  readonly turn: number;
}

const useAnnouncement = create<Announcement>(() => ({ text: '', turn: 0 }));

/** Has a screen reader say something, when it has finished what it is saying. */
export function announce(text: string): void {
  useAnnouncement.setState(({ turn }) => ({ text, turn: turn + 1 }));
}

/** Where screen readers listen; there from the start, or the first words would be missed. */
export function Announcer() {
  const { text, turn } = useAnnouncement();
  return (
    <div className="visually-hidden" aria-live="polite" data-announcer>
      {text}
      {turn % 2 === 0 ? '' : '\u{A0}'}
    </div>
  );
}
