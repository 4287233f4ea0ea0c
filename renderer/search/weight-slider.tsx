import { useTranslation } from 'react-i18next';
import { setBalance, useQueryState } from './query-store.ts';
import styles from './weight-slider.module.css';

declare module 'react' {
  interface CSSProperties {
    /** Where the slider stands: the two colours meet there. */
    '--at'?: string;
  }
}

/** How much the picture counts against the words; a double click puts it back in the middle. */
export function WeightSlider() {
  const { t } = useTranslation();
  const balance = useQueryState((state) => state.balance);
  const words = Math.round(balance * 100);
  return (
    <label className={styles.slider}>
      <span className={styles.picture}>{t('search.picture')}</span>
      <input
        type="range"
        min={0}
        max={1}
        step={0.05}
        value={balance}
        aria-label={t('search.balance')}
        aria-valuetext={t('search.balanceValue', { picture: 100 - words, words })}
        title={t('search.balanceValue', { picture: 100 - words, words })}
        onChange={(event) => setBalance(event.currentTarget.valueAsNumber)}
        onDoubleClick={() => setBalance(0.5)}
        style={{ '--at': `${words}%` }}
      />
      <span className={styles.words}>{t('search.wordsSide')}</span>
    </label>
  );
}
