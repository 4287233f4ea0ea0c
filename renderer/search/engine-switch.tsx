import { useTranslation } from 'react-i18next';
import { Segments } from '../app/segments.tsx';
import { type EngineChoice, setEngine, useQueryState } from './query-store.ts';

/** Where the vectors are compared: here, in the linked indexes, or in both side by side. */
export function EngineSwitch() {
  const { t } = useTranslation();
  const engine = useQueryState((state) => state.engine);
  return (
    <Segments<EngineChoice>
      label={t('search.engine')}
      value={engine}
      onChange={setEngine}
      segments={(['local', 's3vectors', 'both'] as const).map((value) => ({
        value,
        label: t(`search.engines.${value}`),
        hint: t(`search.engineHints.${value}`),
      }))}
    />
  );
}
