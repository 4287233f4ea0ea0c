import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import dialog from '../../app/dialog.module.css';
import { TextField } from '../field.tsx';
import { FormDialog } from '../form-dialog.tsx';

interface DeleteDialogProps {
  readonly kind: 'bucket' | 'index';
  readonly name: string;
  readonly onDelete: (confirmation: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Deletes for good, once the name has been typed again. */
export function DeleteDialog({ kind, name, onDelete, onClose }: DeleteDialogProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  return (
    <FormDialog
      title={t('cloud.delete.title', { name })}
      verb={t('cloud.delete.yes')}
      isDanger
      isDisabled={typed !== name}
      onSubmit={() => onDelete(typed)}
      onClose={onClose}
    >
      <p className={dialog.text}>{t(`cloud.delete.${kind}`)}</p>
      <TextField
        label={t('cloud.delete.type', { name })}
        value={typed}
        onText={setTyped}
        data-autofocus
      />
    </FormDialog>
  );
}
