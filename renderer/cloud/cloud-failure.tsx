import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { readFailure } from '../api/errors.ts';
import { CommandLine } from './command-line.tsx';
import styles from './cloud-failure.module.css';

/** What went wrong as the core says it: a failed call's, or what publishing waits for. */
export interface FailureFacts {
  readonly message: string;
  readonly action: string | null;
  readonly command: string | null;
}

interface CloudFailureProps {
  readonly failure: FailureFacts;
  readonly onRetry?: (() => void) | undefined;
  readonly retryLabel?: string | undefined;
  /** More that can be done about it. */
  readonly children?: ReactNode;
}

/** What failed, what to do about it, the command that does it, and another try. */
export function CloudFailure(props: CloudFailureProps) {
  const { t } = useTranslation();
  const { failure, onRetry, retryLabel = t('common.tryAgain'), children } = props;
  return (
    <div className={styles.failure} role="alert">
      <p>
        <strong>{failure.message}</strong> {failure.action}
      </p>
      {failure.command !== null && <CommandLine command={failure.command} />}
      {(onRetry !== undefined || children !== undefined) && (
        <div className={styles.actions}>
          {onRetry && (
            <button type="button" className="button" onClick={onRetry}>
              {retryLabel}
            </button>
          )}
          {children}
        </div>
      )}
    </div>
  );
}

/** A thrown error in the words of this screen. */
export function useFailure(
  error: unknown,
): FailureFacts & Pick<ReturnType<typeof readFailure>, 'code' | 'consent'> {
  const { t } = useTranslation();
  const failure = readFailure(error);
  if (failure.code !== 'DISCONNECTED') return failure;
  return { ...failure, message: t('failure.disconnected'), action: t('failure.disconnectedHelp') };
}
