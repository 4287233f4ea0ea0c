import { useCommand } from '../commands/use-command.ts';
import { redoQuery, undoQuery } from './query-steps.ts';
import { clearQuery, setMode } from './query-store.ts';

/** What Search answers, beside what its parts do. */
export function useSearchCommands(): void {
  useCommand('modeImage', 'screen', () => setMode('image'));
  useCommand('modeText', 'screen', () => setMode('text'));
  useCommand('modeFused', 'screen', () => setMode('fused'));
  useCommand('clearQuery', 'screen', clearQuery);
  useCommand('undo', 'screen', undoQuery);
  useCommand('redo', 'screen', redoQuery);
  useCommand('back', 'screen', leaveGrid);
}

/** From the results back to the question. */
function leaveGrid(): boolean {
  const inGrid = document.activeElement?.closest('[role="grid"]') ?? null;
  if (inGrid === null) return false;
  document.querySelector<HTMLElement>('#query-words')?.focus();
  return true;
}
