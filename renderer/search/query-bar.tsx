import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Catalog } from '../../shared/contract/catalog.ts';
import { formatCount } from '../app/format.ts';
import { useItemDrop } from '../grid/item-drag.ts';
import { EngineSwitch } from './engine-switch.tsx';
import { ModeSwitch } from './mode-switch.tsx';
import { PictureWell } from './picture-well.tsx';
import styles from './query-bar.module.css';
import { effectiveMode } from './query-mode.ts';
import { askWithItem, setText, setTop, TOPS, useQueryState } from './query-store.ts';
import { WeightSlider } from './weight-slider.tsx';

/** The whole question: a picture, words, how they count, which engine, how many. */
export function QueryBar({ catalog }: { readonly catalog: Catalog }) {
  const { t } = useTranslation();
  const query = useQueryState();
  const given = { picture: query.picture !== null, words: query.text.trim() !== '' };
  const mode = effectiveMode(given, query.mode);
  const { over, ...drop } = useItemDrop(askWithItem);
  return (
    <section className={styles.bar} aria-label={t('search.query')} {...drop}>
      <PictureWell dimmed={mode === 'text' && given.picture} over={over} />
      <div className={styles.right}>
        <div className={styles.words} data-dimmed={(mode === 'image' && given.words) || undefined}>
          <input
            id="query-words"
            data-steps
            dir="auto"
            className={styles.input}
            type="text"
            value={query.text}
            maxLength={10_000}
            placeholder={t('search.placeholder', { name: catalog.name })}
            aria-label={t('search.words')}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape' && query.text !== '') {
                event.preventDefault();
                setText('');
              }
              if (event.key === 'ArrowDown') {
                event.preventDefault();
                document.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')?.focus();
              }
            }}
          />
          {query.text !== '' && (
            <button
              type="button"
              className="icon-button"
              aria-label={t('search.clearWords')}
              onClick={() => {
                setText('');
                document.querySelector<HTMLElement>('#query-words')?.focus();
              }}
            >
              <IconX size={17} stroke={1.8} aria-hidden />
            </button>
          )}
        </div>
        <div className={styles.controls}>
          <ModeSwitch mode={mode} given={given} />
          {mode === 'fused' && given.picture && given.words && <WeightSlider />}
          <div className={styles.far}>
            <label className={styles.top}>
              <span className="visually-hidden">{t('search.howMany')}</span>
              <select
                value={query.top}
                onChange={(event) => setTop(Number(event.currentTarget.value))}
              >
                {TOPS.map((top) => (
                  <option key={top} value={top}>
                    {t('search.top', { top: formatCount(top) })}
                  </option>
                ))}
              </select>
            </label>
            <EngineSwitch />
          </div>
        </div>
      </div>
    </section>
  );
}
