import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCatalog } from '../app/catalog-choice.ts';
import { FailureMessage } from '../app/failure-message.tsx';
import { BucketsSection } from './buckets/buckets-section.tsx';
import { CatalogSection } from './catalog-section.tsx';
import styles from './cloud-screen.module.css';
import { ConnectionForm } from './connection/connection-form.tsx';
import { ConnectionSection } from './connection/connection-section.tsx';
import { PracticeBadge } from './connection/practice-badge.tsx';
import { useConnection } from './use-cloud.ts';
import { Welcome } from './connection/welcome.tsx';

/** Cloud: where the catalog is published, what that would do and cost, and how far it is. */
export function CloudScreen() {
  const { t } = useTranslation();
  const catalog = useCatalog();
  const connection = useConnection();
  const [isConnecting, setConnecting] = useState(false);
  if (connection.isError) {
    return <FailureMessage error={connection.error} onRetry={() => void connection.refetch()} />;
  }
  if (connection.data === undefined) return <div className={styles.screen} aria-busy />;
  const here = connection.data;
  if (here === null && !isConnecting) return <Welcome onConnect={() => setConnecting(true)} />;
  return (
    <div className={styles.screen}>
      <h1 className={styles.title}>
        {t('rail.cloud')}
        {here?.source.kind === 'practice' && <PracticeBadge />}
      </h1>
      {here === null || isConnecting ? (
        <ConnectionForm connection={here} onDone={() => setConnecting(false)} />
      ) : (
        <ConnectionSection
          key={JSON.stringify(here)}
          connection={here}
          onChange={() => setConnecting(true)}
        />
      )}
      {here !== null && (
        <>
          {catalog !== null && (
            <CatalogSection key={catalog.id} catalog={catalog} connection={here} />
          )}
          <BucketsSection key={`buckets ${JSON.stringify(here)}`} />
        </>
      )}
    </div>
  );
}
