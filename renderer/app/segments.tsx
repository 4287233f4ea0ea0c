import { Tooltip } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import styles from './segments.module.css';

export interface Segment<T extends string> {
  readonly value: T;
  readonly label: string;
  /** The key that chooses it, shown beside it. */
  readonly shortcut?: string;
  /** Why it cannot be chosen, or what it lacks. */
  readonly hint?: string | undefined;
  readonly disabled?: boolean;
}

interface SegmentsProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly segments: readonly Segment<T>[];
  readonly onChange: (value: T) => void;
}

/** One of a few choices, all in view. Keys after the ARIA radio group pattern. */
export function Segments<T extends string>(props: SegmentsProps<T>) {
  const { label, value, segments, onChange } = props;
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const free = segments.filter((segment) => segment.disabled !== true);
    const at = free.findIndex((segment) => segment.value === value);
    const next = free[(at + step + free.length) % free.length];
    if (next === undefined) return;
    onChange(next.value);
    event.currentTarget.querySelector<HTMLElement>(`[data-value="${next.value}"]`)?.focus();
  };
  return (
    <div
      role="radiogroup"
      aria-label={label}
      tabIndex={-1}
      className={styles.segments}
      onKeyDown={onKeyDown}
    >
      {segments.map((segment) => {
        const checked = segment.value === value;
        const button = (
          <button
            key={segment.value}
            type="button"
            role="radio"
            aria-checked={checked}
            aria-disabled={segment.disabled === true}
            aria-label={segment.label}
            tabIndex={checked ? 0 : -1}
            data-value={segment.value}
            className={styles.segment}
            onClick={() => segment.disabled !== true && onChange(segment.value)}
          >
            {segment.label}
            {segment.shortcut !== undefined && (
              <span className={styles.key} aria-hidden>
                {segment.shortcut}
              </span>
            )}
          </button>
        );
        return segment.hint === undefined ? (
          button
        ) : (
          <Tooltip
            key={segment.value}
            label={segment.hint}
            events={{ hover: true, focus: true, touch: true }}
          >
            {button}
          </Tooltip>
        );
      })}
    </div>
  );
}
