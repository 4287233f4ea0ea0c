import type { Problem } from '../../shared/contract/problems.ts';

/** Whether trying again by itself can help: what the scan found takes another scan. */
export function canRetry(problem: Pick<Problem, 'severity' | 'stage'>): boolean {
  return problem.severity === 'problem' && problem.stage === 'embed';
}
