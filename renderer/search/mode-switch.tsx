import { useTranslation } from 'react-i18next';
import type { Mode } from '../../shared/contract/search.ts';
import { Segments } from '../app/segments.tsx';
import styles from './mode-switch.module.css';
import { type GivenSides, missingSide } from './query-mode.ts';
import { setMode } from './query-store.ts';

interface ModeSwitchProps {
  readonly mode: Mode;
  readonly given: GivenSides;
}

const MODES = [
  { value: 'image', aside: '1' },
  { value: 'text', aside: '2' },
  { value: 'fused', aside: '3' },
] as const;

/** Image, Text or Fused; beside it, what the chosen one still lacks. */
export function ModeSwitch({ mode, given }: ModeSwitchProps) {
  const { t } = useTranslation();
  const missing = missingSide(mode, given);
  const anything = given.picture || given.words;
  return (
    <>
      <Segments<Mode>
        label={t('search.mode')}
        value={mode}
        onChange={setMode}
        segments={MODES.map((entry) => ({ ...entry, label: t(`search.modes.${entry.value}`) }))}
      />
      {missing !== null && (anything || mode !== 'text') && (
        <output className={styles.missing}>{t(`search.missing.${missing}`)}</output>
      )}
    </>
  );
}
