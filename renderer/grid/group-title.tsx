import { formatCount } from '../app/format.ts';
import styles from './grid-frame.module.css';
import type { GridGroup } from './use-item-grid.ts';

/** What a section of a grid holds, and how many. */
export function GroupTitle({ group }: { readonly group: GridGroup }) {
  return (
    <>
      <span className={styles.title} title={group.title} dir="auto">
        {group.title}
      </span>{' '}
      <span className={styles.count}>{formatCount(group.count)}</span>
    </>
  );
}
