import { notifications } from '@mantine/notifications';
import { t } from 'i18next';
import { readFailure } from '../api/errors.ts';

/** Shows a failed call at the edge of the window, with what to do about it. */
export function notifyFailure(error: unknown): void {
  const failure = readFailure(error);
  if (failure.code === 'CANCELLED') return;
  const message = failure.code === 'DISCONNECTED' ? t('failure.disconnected') : failure.message;
  notifyRefusal(message, failure.action ?? '');
}

/** Shows what could not be done, with what to do about it. */
export function notifyRefusal(title: string, message: string): void {
  notifications.show({
    color: 'var(--bad)',
    title,
    message,
    autoClose: 8000,
    closeButtonProps: { 'aria-label': t('common.close') },
  });
}

/** Shows that something was done. */
export function notifyDone(message: string): void {
  notifications.show({
    message,
    autoClose: 3000,
    closeButtonProps: { 'aria-label': t('common.close') },
  });
}
