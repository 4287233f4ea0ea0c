import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { S3_VECTORS_LIMITS } from '../../../shared/s3-vectors-limits.ts';
import { client } from '../../api/client.ts';
import { Field, TextField } from '../field.tsx';
import { FormDialog } from '../form-dialog.tsx';

interface CreateIndexDialogProps {
  readonly bucket: string;
  readonly onClose: () => void;
}

/** Makes an index by hand; linking a catalog makes its own two. */
export function CreateIndexDialog({ bucket, onClose }: CreateIndexDialogProps) {
  const { t } = useTranslation();
  const { min, max } = S3_VECTORS_LIMITS.dimension;
  const [name, setName] = useState('');
  const [dimension, setDimension] = useState('384');
  const [metric, setMetric] = useState<'cosine' | 'euclidean'>('cosine');
  const [keys, setKeys] = useState('');
  const nonFilterableKeys = keys
    .split(',')
    .map((key) => key.trim())
    .filter((key) => key !== '');
  return (
    <FormDialog
      title={t('cloud.indexes.createTitle', { bucket })}
      verb={t('cloud.indexes.createYes')}
      onSubmit={() =>
        client.cloud.indexes.create({
          bucket,
          name,
          dimension: Number(dimension),
          metric,
          nonFilterableKeys,
        })
      }
      onClose={onClose}
    >
      <TextField
        label={t('cloud.indexes.name')}
        help={t('cloud.indexRule')}
        required
        minLength={3}
        maxLength={63}
        pattern="[a-z0-9][a-z0-9.\-]*[a-z0-9]"
        value={name}
        onText={setName}
        data-autofocus
      />
      <TextField
        label={t('cloud.indexes.fact.dimension')}
        type="number"
        required
        min={min}
        max={max}
        value={dimension}
        onText={setDimension}
      />
      <Field label={t('cloud.indexes.fact.metric')}>
        {(tie) => (
          <select
            {...tie}
            value={metric}
            onChange={(event) =>
              setMetric(event.currentTarget.value === 'cosine' ? 'cosine' : 'euclidean')
            }
          >
            <option value="cosine">{t('cloud.indexes.metric.cosine')}</option>
            <option value="euclidean">{t('cloud.indexes.metric.euclidean')}</option>
          </select>
        )}
      </Field>
      <TextField
        label={t('cloud.indexes.fact.nonFilterable')}
        help={t('cloud.indexes.keysHelp')}
        value={keys}
        onText={setKeys}
      />
    </FormDialog>
  );
}
