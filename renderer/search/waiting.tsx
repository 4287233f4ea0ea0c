import { useTranslation } from 'react-i18next';
import type { Catalog } from '../../shared/contract/catalog.ts';
import { client } from '../api/client.ts';
import { useProgress } from '../app/catalog-choice.ts';
import { formatCount } from '../app/format.ts';
import { Message } from '../app/message.tsx';
import { notifyFailure } from '../app/notify.ts';

/** In the place of results while there is nothing to find yet: why, and what to do. */
export function Waiting({ catalog }: { readonly catalog: Catalog }) {
  const { t } = useTranslation();
  const progress = useProgress(catalog.id);
  const done = formatCount(catalog.embedded.image + catalog.embedded.text);
  if (progress?.obstacle) {
    return (
      <Message role="alert" title={progress.obstacle.message} text={progress.obstacle.action} />
    );
  }
  const scan = progress?.stages.find((stage) => stage.stage === 'scan');
  if (scan?.state === 'running') {
    return (
      <Message
        title={t('search.scanning')}
        text={t('search.scanningHelp', { done: formatCount(scan.done) })}
      />
    );
  }
  if (progress?.state === 'running') {
    return <Message title={t('search.waiting')} text={t('search.waitingHelp', { done })} />;
  }
  if (progress?.state === 'paused') {
    return (
      <Message title={t('search.waitingPaused')} text={t('search.waitingPausedHelp')}>
        <button
          type="button"
          className="button"
          data-kind="primary"
          onClick={() => void client.ingest.resume({ catalogId: catalog.id }).catch(notifyFailure)}
        >
          {t('ingest.resume')}
        </button>
      </Message>
    );
  }
  return <Message title={t('search.nothingClose')} text={t('search.nothingCloseHelp')} />;
}
