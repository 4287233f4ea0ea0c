import { type ReactNode, useId } from 'react';
import styles from './section.module.css';

interface SectionProps {
  readonly title: string;
  readonly help?: string | undefined;
  /** What can be done with all of it, at the right of the title. */
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
}

/** A card of a screen that is read from top to bottom. */
export function Section({ title, help, aside, children }: SectionProps) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {help !== undefined && <p className={styles.help}>{help}</p>}
      {children}
    </section>
  );
}
