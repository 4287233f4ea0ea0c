import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Listing } from '../../shared/contract/cloud/listing.ts';
import { announce } from './announce.tsx';
import { formatCount } from './format.ts';
import { useLive } from './live.ts';
import { notifyDone } from './notify.ts';

/** Says on whichever screen that a catalog has been restored. */
export function useRestoreNotice(): void {
  const { t } = useTranslation();
  useEffect(
    () =>
      useLive.subscribe((state, last) => {
        if (state.listings === last.listings) return;
        for (const after of state.listings) {
          if (after.kind !== 'restore' || after.report === null) continue;
          const isNews = last.listings.some((before) => isSame(before, after) && isRunning(before));
          if (!isNews) continue;
          const { items } = after.report;
          const name = state.catalogs?.find(({ id }) => id === after.catalogId)?.name ?? '';
          const sentence = t('cloud.restore.done', {
            count: items,
            shown: formatCount(items),
            name,
          });
          notifyDone(sentence);
          announce(sentence);
        }
      }),
    [t],
  );
}

function isSame(before: Listing, after: Listing): boolean {
  return before.kind === after.kind && before.catalogId === after.catalogId;
}

function isRunning({ state }: Listing): boolean {
  return state === 'running';
}
