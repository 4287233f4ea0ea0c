import { useTranslation } from 'react-i18next';
import type { Problem } from '../../shared/contract/problems.ts';
import { formatCount } from '../app/format.ts';
import { canRetry } from './can-retry.ts';
import styles from './problem-table.module.css';

interface ProblemTableProps {
  readonly problems: readonly Problem[];
  readonly onRetry: (problem: Problem) => void;
}

/**
 * One row a problem: where, what, and what to do. What the embedding gave up on can be tried again
 * by itself; what the scan found takes a scan.
 */
export function ProblemTable({ problems, onRetry }: ProblemTableProps) {
  const { t } = useTranslation();
  const retryable = problems.some(canRetry);
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col" className={styles.file}>
            {t('problems.file')}
          </th>
          <th scope="col" className={styles.lineColumn}>
            {t('problems.line')}
          </th>
          <th scope="col">{t('problems.wrong')}</th>
          <th scope="col">{t('problems.do')}</th>
          {retryable && (
            <th scope="col" className={styles.retry}>
              <span className="visually-hidden">{t('problems.retry')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {problems.map((problem) => (
          <tr key={problem.id}>
            <td className={styles.mono}>{problem.file ?? problem.itemKey}</td>
            <td className={styles.mono}>
              {problem.line === null ? '' : formatCount(problem.line)}
            </td>
            <td>
              {problem.raw === null ? (
                problem.reason
              ) : (
                <details className={styles.raw}>
                  <summary title={t('problems.showLine')}>{problem.reason}</summary>
                  <code>{problem.raw}</code>
                </details>
              )}
            </td>
            <td className={styles.quiet}>{problem.action}</td>
            {retryable && (
              <td className={styles.retry}>
                {canRetry(problem) && (
                  <button
                    type="button"
                    className="link"
                    aria-label={t('problems.retryOf', {
                      name: problem.file ?? problem.itemKey ?? problem.reason,
                    })}
                    onClick={() => onRetry(problem)}
                  >
                    {t('problems.retry')}
                  </button>
                )}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
