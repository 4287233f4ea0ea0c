import { useTranslation } from 'react-i18next';
import { readFailure } from '../api/errors.ts';
import { Message } from './message.tsx';

interface FailureMessageProps {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
}

/** A failed call in the place of what it should have brought. */
export function FailureMessage({ error, onRetry }: FailureMessageProps) {
  const { t } = useTranslation();
  const failure = readFailure(error);
  const cut = failure.code === 'DISCONNECTED';
  return (
    <Message
      role="alert"
      title={cut ? t('failure.disconnected') : failure.message}
      text={cut ? t('failure.disconnectedHelp') : (failure.action ?? undefined)}
    >
      {onRetry && (
        <button type="button" className="button" onClick={onRetry}>
          {t('common.tryAgain')}
        </button>
      )}
    </Message>
  );
}
