import styles from './only-dot.module.css';

/** Marks what only one of two engines found; without a label it stands beside the words. */
export function OnlyDot({ label }: { readonly label?: string }) {
  return (
    <span className={styles.dot} title={label}>
      {label !== undefined && <span className="visually-hidden">{label}</span>}
    </span>
  );
}
