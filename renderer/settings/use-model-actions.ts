import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ModelInfo } from '../../shared/contract/models.ts';
import { client } from '../api/client.ts';
import { notifyDone, notifyFailure } from '../app/notify.ts';
import { MODELS_KEY } from './use-models.ts';

/** What can be done with one model; every failure is shown at the edge of the window. */
export function useModelActions({ id, title }: ModelInfo) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const call = (run: () => Promise<unknown>) => () => {
    void run().catch(notifyFailure);
  };
  const verify = useMutation({
    mutationFn: () => client.models.verify({ id }),
    onError: notifyFailure,
    onSuccess: ({ state }) => {
      if (state === 'ready') notifyDone(t('models.whole', { title }));
    },
  });
  const measure = useMutation({
    mutationFn: () => client.models.measure({ id }),
    onError: notifyFailure,
    // Waited for, so that the button does not come back before the figure.
    onSuccess: () => queries.invalidateQueries({ queryKey: MODELS_KEY }),
  });
  return {
    verify: () => verify.mutate(),
    isVerifying: verify.isPending,
    measure: () => measure.mutate(),
    isMeasuring: measure.isPending,
    download: call(() => client.models.download({ id })),
    pause: call(() => client.models.pauseDownload({ id })),
    discard: call(() => client.models.discardDownload({ id })),
    use: call(async () => {
      await client.models.use({ id });
      notifyDone(t('models.used', { title }));
    }),
  };
}

export type ModelActions = ReturnType<typeof useModelActions>;
