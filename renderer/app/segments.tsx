import { Tooltip } from '@mantine/core';
import { useId } from 'react';
import styles from './segments.module.css';

export interface Segment<T extends string> {
  readonly value: T;
  readonly label: string;
  /** A key that chooses it or a count, quietly beside it. */
  readonly aside?: string;
  /** Why it cannot be chosen, or what it does. */
  readonly hint?: string | undefined;
  readonly disabled?: boolean;
}

interface SegmentsProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly segments: readonly Segment<T>[];
  readonly onChange: (value: T) => void;
}

/** One of a few choices, all in view. */
export function Segments<T extends string>(props: SegmentsProps<T>) {
  const { label, value, segments, onChange } = props;
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className={styles.segments}>
      {segments.map((segment) => (
        <Tooltip
          key={segment.value}
          label={segment.hint}
          disabled={segment.hint === undefined}
          multiline
          maw={280}
          events={{ hover: true, focus: true, touch: true }}
        >
          <label className={styles.segment}>
            <input
              type="radio"
              name={name}
              value={segment.value}
              checked={segment.value === value}
              disabled={segment.disabled === true}
              aria-label={segment.label}
              onChange={() => onChange(segment.value)}
            />
            {segment.label}
            {segment.aside !== undefined && (
              <span className={styles.key} aria-hidden>
                {segment.aside}
              </span>
            )}
          </label>
        </Tooltip>
      ))}
    </div>
  );
}
