import { useTranslation } from 'react-i18next';
import { useCatalog } from '../app/catalog-choice.ts';
import { useLive } from '../app/live.ts';
import { CatalogCard } from './catalog-card.tsx';
import styles from './ingest-screen.module.css';
import { ProblemsPanel } from './problems-panel.tsx';

/** Ingest: how far each catalog is, and what is wrong with the one in view. */
export function IngestScreen() {
  const { t } = useTranslation();
  const catalogs = useLive((state) => state.catalogs) ?? [];
  const current = useCatalog();
  const ordered = catalogs.toSorted(
    (a, b) => Number(b.id === current?.id) - Number(a.id === current?.id),
  );
  return (
    <div className={styles.screen}>
      <h1 className="visually-hidden">{t('rail.ingest')}</h1>
      {ordered.slice(0, 1).map((catalog) => (
        <CatalogCard key={catalog.id} catalog={catalog} />
      ))}
      {current && <ProblemsPanel key={current.id} catalog={current} />}
      {ordered.length > 1 && <h2 className={styles.others}>{t('ingest.others')}</h2>}
      {ordered.slice(1).map((catalog) => (
        <CatalogCard key={catalog.id} catalog={catalog} />
      ))}
    </div>
  );
}
