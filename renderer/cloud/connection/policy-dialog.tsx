import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client.ts';
import dialog from '../../app/dialog.module.css';
import { FailureMessage } from '../../app/failure-message.tsx';
import { notifyDone, notifyFailure } from '../../app/notify.ts';
import { Segments } from '../../app/segments.tsx';
import styles from './policy-dialog.module.css';

/** The least an account must allow, to be copied; what deletes stands apart. */
export function PolicyDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<'use' | 'deletion'>('use');
  const isForDeletion = kind === 'deletion';
  const policy = useQuery({
    queryKey: ['cloud-policy', kind],
    queryFn: ({ signal }) => client.cloud.policy({ isForDeletion }, { signal }),
  });
  const copy = () =>
    void navigator.clipboard
      .writeText(policy.data ?? '')
      .then(() => notifyDone(t('cloud.policy.copied')), notifyFailure);
  return (
    <Modal
      opened
      size={620}
      onClose={onClose}
      title={t('cloud.policy.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <p className={dialog.text}>{t(`cloud.policy.help.${kind}`)}</p>
      <Segments
        label={t('cloud.policy.which')}
        value={kind}
        onChange={setKind}
        segments={[
          { value: 'use', label: t('cloud.policy.use') },
          { value: 'deletion', label: t('cloud.policy.deletion') },
        ]}
      />
      {policy.isError && <FailureMessage error={policy.error} />}
      <pre
        className={styles.policy}
        // Scrollable, so it takes the focus: keys must be able to scroll it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="region"
        aria-label={t('cloud.policy.title')}
      >
        {policy.data}
      </pre>
      <div className={dialog.actions}>
        <button type="button" className="button" onClick={onClose}>
          {t('common.close')}
        </button>
        <button
          type="button"
          className="button"
          data-kind="primary"
          data-autofocus
          disabled={policy.data === undefined}
          onClick={copy}
        >
          {t('cloud.policy.copy')}
        </button>
      </div>
    </Modal>
  );
}
