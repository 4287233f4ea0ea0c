import type { ReactNode } from 'react';
import styles from './message.module.css';

interface MessageProps {
  readonly title: string;
  readonly text?: string | undefined;
  readonly icon?: ReactNode;
  /** What can be done about it. */
  readonly children?: ReactNode;
  readonly role?: 'status' | 'alert';
}

/** A quiet sentence in the middle of a screen: nothing here yet, or what went wrong. */
export function Message({ title, text, icon, children, role = 'status' }: MessageProps) {
  return (
    <div className={styles.message} role={role}>
      {icon}
      <h2 className={styles.title}>{title}</h2>
      {text !== undefined && <p className={styles.text}>{text}</p>}
      {children !== undefined && <div className={styles.actions}>{children}</div>}
    </div>
  );
}
