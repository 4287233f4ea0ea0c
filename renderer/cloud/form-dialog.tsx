import { Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import dialog from '../app/dialog.module.css';
import styles from './buckets/buckets-section.module.css';
import { ChangeFailure } from './change-failure.tsx';
import { refreshCloud } from './use-cloud.ts';

interface FormDialogProps {
  readonly title: string;
  /** On the button that does it. */
  readonly verb: string;
  readonly isDanger?: boolean;
  readonly isDisabled?: boolean;
  /** The verb while it is being done. */
  readonly pending?: string;
  /** With whether the user has said yes to vectors of a model that is not known. */
  readonly onSubmit: (isModelAssumed: boolean) => Promise<unknown>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Asks for what a change in the account needs, makes it, and stays open when it fails. */
export function FormDialog(props: FormDialogProps) {
  const { title, verb, pending = verb, isDanger = false, isDisabled = false } = props;
  const { onSubmit, onClose, children } = props;
  const { t } = useTranslation();
  const change = useMutation({
    mutationFn: onSubmit,
    async onSuccess() {
      onClose();
      await refreshCloud();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(false);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={submit}>
        <div className={styles.dialogFields}>{children}</div>
        {change.isError && (
          <ChangeFailure error={change.error} onConsent={() => change.mutate(true)} />
        )}
        <div className={dialog.actions}>
          <button type="button" className="button" onClick={onClose}>
            {t('common.cancel')}
          </button>
          <button
            type="submit"
            className="button"
            data-kind={isDanger ? 'danger' : 'primary'}
            disabled={isDisabled || change.isPending}
          >
            {change.isPending ? pending : verb}
          </button>
        </div>
      </form>
    </Modal>
  );
}
