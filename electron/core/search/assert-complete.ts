import type { SearchInput } from '../../../shared/contract/search.ts';
import { VitrineError } from '../errors.ts';

/** @throws VitrineError QUERY_INCOMPLETE naming the side that a query's mode lacks. */
export function assertComplete({ mode, picture, text }: SearchInput): void {
  const lacksPicture = mode !== 'text' && picture === undefined;
  const lacksText = mode !== 'image' && (text ?? '').trim() === '';
  if (!lacksPicture && !lacksText) return;
  const lacks = [lacksPicture ? 'a picture' : '', lacksText ? 'words' : ''].filter(Boolean);
  const other = { image: 'text', text: 'image', fused: lacksPicture ? 'text' : 'image' }[mode];
  throw new VitrineError(
    'QUERY_INCOMPLETE',
    `A query in mode ${mode} needs ${mode === 'fused' ? 'a picture and words' : lacks.join(' and ')}: ` +
      `${lacks.join(' and ')} ${lacks.length === 1 && lacksPicture ? 'is' : 'are'} missing.`,
    { action: `Add ${lacks.join(' and ')}, or switch to mode ${other}.`, subject: mode },
  );
}
