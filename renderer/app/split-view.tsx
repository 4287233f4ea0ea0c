import { useLocalStorage } from '@mantine/hooks';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './split-view.module.css';

const NARROWEST = 260;
const WIDEST = 560;

interface SplitViewProps {
  readonly children: ReactNode;
  /** What stands at the right; false leaves the whole width to the rest. */
  readonly side: ReactNode;
}

/** A list and, at the right, a panel whose width the user sets by dragging or with the arrow keys. */
export function SplitView({ children, side }: SplitViewProps) {
  const { t } = useTranslation();
  const [width, setWidth] = useLocalStorage({ key: 'vitrine.panel', defaultValue: 316 });
  const start = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const resize = (next: number) =>
    setWidth(Math.round(Math.min(WIDEST, Math.max(NARROWEST, next))));

  return (
    <div className={styles.split}>
      <div className={styles.list}>{children}</div>
      {side !== false && (
        <>
          <div
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a drag handle, not a form field
            role="slider"
            tabIndex={0}
            aria-label={t('detail.resize')}
            aria-orientation="horizontal"
            aria-valuenow={width}
            aria-valuemin={NARROWEST}
            aria-valuemax={WIDEST}
            className={styles.handle}
            onPointerDown={(event: PointerEvent<HTMLDivElement>) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              start.current = { x: event.clientX, width };
            }}
            onPointerMove={(event: PointerEvent) => {
              if (start.current) resize(start.current.width + start.current.x - event.clientX);
            }}
            onPointerUp={() => {
              start.current = null;
            }}
            onKeyDown={(event: KeyboardEvent) => {
              if (event.key === 'ArrowLeft') resize(width + 20);
              if (event.key === 'ArrowRight') resize(width - 20);
              if (event.key === 'Home') resize(WIDEST);
              if (event.key === 'End') resize(NARROWEST);
            }}
          />
          <div className={styles.side} style={{ width }}>
            {side}
          </div>
        </>
      )}
    </div>
  );
}
