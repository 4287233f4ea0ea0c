import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Catalog } from '../../shared/contract/catalog.ts';
import type { CloudConnection } from '../../shared/contract/cloud/connection.ts';
import { FailureMessage } from '../app/failure-message.tsx';
import { Section } from '../app/section.tsx';
import { LinkForm } from './link/link-form.tsx';
import { LinkedCatalog } from './linked-catalog.tsx';
import { PracticeBadge } from './connection/practice-badge.tsx';
import { isAtRest, useLink, useListing, usePublishing } from './use-cloud.ts';

interface CatalogSectionProps {
  readonly catalog: Catalog;
  readonly connection: CloudConnection;
}

/** The catalog in view: linked to its indexes or about to be, planned, published, compared. */
export function CatalogSection({ catalog, connection }: CatalogSectionProps) {
  const { t } = useTranslation();
  const link = useLink(catalog.id);
  const progress = usePublishing(catalog.id);
  const isRestoring = useListing('restore', catalog.id)?.state === 'running';
  const [isChanging, setChanging] = useState(false);
  const { image, text } = catalog.embedded;
  const title = t('cloud.catalog', { name: catalog.name });
  if (link.isError) {
    return (
      <Section title={title}>
        <FailureMessage error={link.error} onRetry={() => void link.refetch()} />
      </Section>
    );
  }
  if (link.data === undefined) return <Section title={title} />;
  const here = link.data;
  if (here === null && image + text === 0) {
    return (
      <Section title={title} help={t('cloud.notEmbedded')}>
        <Link href="/ingest">{t('cloud.toIngest')}</Link>
      </Section>
    );
  }
  const isForm = here === null || isChanging;
  return (
    <Section
      title={title}
      help={isForm ? t('cloud.link.help') : undefined}
      aside={
        isForm ? (
          connection.source.kind === 'practice' && <PracticeBadge />
        ) : (
          <button
            type="button"
            className="button"
            disabled={!isAtRest(progress) || isRestoring}
            onClick={() => setChanging(true)}
          >
            {t('cloud.link.change')}
          </button>
        )
      }
    >
      {isForm ? (
        <LinkForm
          catalog={catalog}
          link={here}
          connection={connection}
          onDone={() => setChanging(false)}
        />
      ) : (
        <LinkedCatalog catalog={catalog} link={here} connection={connection} />
      )}
    </Section>
  );
}
