import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Catalog } from '../../shared/contract/catalog.ts';
import type { Stage } from '../../shared/contract/ingest.ts';
import { formatClock, formatCount, formatRate, formatSeconds } from '../app/format.ts';
import styles from './stage-bar.module.css';

interface StageFrameProps {
  readonly title: string;
  readonly state: string;
  readonly left: ReactNode;
  readonly right: ReactNode;
  readonly tone: Stage['state'];
  /** Pictures are amber, words indigo, here as everywhere. */
  readonly words?: boolean;
  /** 0 to 1; null while the total is not known. */
  readonly fraction: number | null;
}

/** A stage as it is drawn: a bar with a word at each corner. */
export function StageFrame(props: StageFrameProps) {
  const { title, state, left, right, tone, fraction, words = false } = props;
  const percent = fraction === null ? undefined : Math.round(fraction * 100);
  return (
    <div className={styles.stage}>
      <div className={styles.line}>
        <h3 className={styles.title}>{title}</h3>
        <span className={styles.quiet}>{state}</span>
      </div>
      <progress
        className="visually-hidden"
        aria-label={title}
        aria-valuetext={state}
        max={100}
        {...(percent === undefined ? {} : { value: percent })}
      />
      <div className={styles.bar} aria-hidden>
        <div
          data-tone={tone}
          data-words={words || undefined}
          data-unknown={fraction === null || undefined}
          style={{ width: `${fraction === null ? 30 : fraction * 100}%` }}
        />
      </div>
      <div className={styles.line}>
        <span className={styles.left}>{left}</span>
        <span className={styles.quiet}>{right}</span>
      </div>
    </div>
  );
}

interface StageBarProps {
  readonly catalog: Catalog;
  readonly stage: Stage;
}

/** One stage with its counts, its rate and the time it took or still takes. */
export function StageBar({ catalog, stage }: StageBarProps) {
  const { t } = useTranslation();
  const { state, done, total, failed } = stage;
  return (
    <StageFrame
      title={t(`ingest.stages.${stage.stage}`)}
      state={
        state === 'running' && stage.ratePerSecond !== null
          ? t('status.rate', { rate: formatRate(stage.ratePerSecond) })
          : t(`ingest.states.${state}`)
      }
      left={describe()}
      right={time()}
      tone={state}
      words={stage.stage === 'text'}
      fraction={fractionOf(stage)}
    />
  );

  function describe(): string {
    if (stage.stage === 'scan') {
      if (state === 'waiting') return '';
      if (state !== 'done') return t('ingest.found', { done: formatCount(done) });
      const { images, rows } = catalog;
      return [
        t('ingest.pictures', { count: images, shown: formatCount(images) }),
        t('ingest.rows', { count: rows, shown: formatCount(rows) }),
      ].join(', ');
    }
    if (total === null || (state === 'waiting' && total === 0)) return '';
    const counted =
      done >= total && failed === 0
        ? formatCount(total)
        : t('ingest.doneOf', { done: formatCount(done), total: formatCount(total) });
    return failed === 0
      ? counted
      : `${counted}, ${t('ingest.failed', { shown: formatCount(failed), count: failed })}`;
  }

  function time(): string {
    if (state === 'running' && stage.etaSeconds !== null) {
      return t('status.left', { time: formatClock(stage.etaSeconds) });
    }
    return stage.seconds === null ? '' : formatSeconds(stage.seconds);
  }
}

function fractionOf(stage: Stage): number | null {
  if (stage.state === 'done') return 1;
  if (stage.total === null) return stage.state === 'running' ? null : 0;
  if (stage.state === 'waiting' && stage.done + stage.failed === 0) return 0;
  return stage.total === 0 ? 1 : Math.min(1, (stage.done + stage.failed) / stage.total);
}
