import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchOutput } from '../../shared/contract/search.ts';
import { announce } from '../app/announce.tsx';
import { formatCount, formatMs } from '../app/format.ts';

/** So long nothing new must have come: nobody wants to hear the results of every letter. */
const STILL_MS = 700;

/**
 * Tells those who do not see the grid what a question brought: once for each question, not each time
 * its answers are read anew while a catalog grows.
 */
export function useAnnouncedResults(output: SearchOutput | undefined, question: string): void {
  const { t } = useTranslation();
  const count = output?.results.length;
  const say = useEffectEvent(() => {
    if (output === undefined || count === undefined) return;
    const ms = formatMs(output.timing.totalMs);
    announce(t('search.announce', { count, shown: formatCount(count), ms }));
  });
  // Whether there is anything is news too: the first results of a catalog that is being embedded.
  const news = count === undefined ? null : `${question} ${count === 0}`;
  useEffect(() => {
    if (news === null) return undefined;
    const timer = setTimeout(say, STILL_MS);
    return () => clearTimeout(timer);
  }, [news]);
}
