import { useTranslation } from 'react-i18next';
import type { SearchOutput } from '../../shared/contract/search.ts';
import styles from './results-pane.module.css';

/** Which side is not in the results below, why, and what to do. */
export function SideFailures({ output }: { readonly output: SearchOutput }) {
  const { t } = useTranslation();
  return (['image', 'text'] as const).map((side) => {
    const report = output.sides[side];
    if (report?.state !== 'failed') return null;
    return (
      <p key={side} role="status" className={styles.failure}>
        <strong>{t(`search.sideFailed.${side}`)}</strong> {report.message} {report.action}
      </p>
    );
  });
}
