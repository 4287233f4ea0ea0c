import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from './announce.tsx';
import { formatCount } from './format.ts';
import { useLive } from './live.ts';
import { type Milestone, milestoneBetween } from './milestones.ts';

/** Tells those who do not see the status how ingest gets on. */
export function useMilestones(): void {
  const { t } = useTranslation();
  useEffect(() => {
    const sentence = (name: string, milestone: Milestone): string => {
      switch (milestone.kind) {
        case 'started':
        case 'paused':
          return t(`milestone.${milestone.kind}`, { name });
        case 'part':
          return t('milestone.part', { name, percent: milestone.percent });
        case 'done':
          return t('milestone.done', {
            name,
            count: milestone.problems,
            shown: formatCount(milestone.problems),
          });
        case 'obstacle':
          return milestone.message;
      }
    };
    return useLive.subscribe((state, last) => {
      if (state.progress === last.progress) return;
      for (const after of state.progress) {
        const before = last.progress.find((entry) => entry.catalogId === after.catalogId);
        const milestone = before && milestoneBetween(before, after);
        const name = state.catalogs?.find(({ id }) => id === after.catalogId)?.name ?? '';
        if (milestone) announce(sentence(name, milestone));
      }
    });
  }, [t]);
}
