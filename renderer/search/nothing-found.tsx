import { useTranslation } from 'react-i18next';
import type { Catalog } from '../../shared/contract/catalog.ts';
import type { Engine } from '../../shared/contract/search.ts';
import { Message } from '../app/message.tsx';
import { clearFilter, useQueryState } from './query-store.ts';
import { Waiting } from './waiting.tsx';

interface NothingFoundProps {
  readonly catalog: Catalog;
  readonly engine: Engine;
}

/** An answer without results: what the question or the catalog lacks. */
export function NothingFound({ catalog, engine }: NothingFoundProps) {
  const { t } = useTranslation();
  const filtered = useQueryState((state) => Object.keys(state.selection).length > 0);
  // Everything else there is to find is the picture's own item.
  const alone = useQueryState(
    (state) => state.picture?.kind === 'item' && catalog.embedded.image === 1,
  );
  if (filtered) {
    return (
      <Message title={t('search.nothingLeft')} text={t('search.nothingLeftHelp')}>
        <button type="button" className="button" onClick={() => clearFilter()}>
          {t('search.clearFilters')}
        </button>
      </Message>
    );
  }
  if (alone) return <Message title={t('search.alone')} text={t('search.aloneHelp')} />;
  if (engine === 'local') return <Waiting catalog={catalog} />;
  return <Message title={t('search.nothingThere')} text={t('search.nothingThereHelp')} />;
}
