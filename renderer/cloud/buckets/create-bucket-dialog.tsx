import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client.ts';
import { TextField } from '../field.tsx';
import { FormDialog } from '../form-dialog.tsx';

/** Makes a vector bucket. */
export function CreateBucketDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [bucket, setBucket] = useState('');
  const [kmsKeyArn, setKmsKeyArn] = useState('');
  const key = kmsKeyArn.trim();
  return (
    <FormDialog
      title={t('cloud.buckets.createTitle')}
      verb={t('cloud.buckets.createYes')}
      onSubmit={() =>
        client.cloud.buckets.create({
          bucket,
          ...(key === '' ? {} : { encryption: { sseType: 'aws:kms', kmsKeyArn: key } }),
        })
      }
      onClose={onClose}
    >
      <TextField
        label={t('cloud.buckets.name')}
        help={t('cloud.bucketRule')}
        required
        minLength={3}
        maxLength={63}
        pattern="[a-z0-9][a-z0-9\-]*[a-z0-9]"
        value={bucket}
        onText={setBucket}
        data-autofocus
      />
      <TextField
        label={t('cloud.link.kmsKey')}
        help={t('cloud.buckets.kmsHelp')}
        placeholder="arn:aws:kms:…:key/…"
        value={kmsKeyArn}
        onText={setKmsKeyArn}
      />
    </FormDialog>
  );
}
