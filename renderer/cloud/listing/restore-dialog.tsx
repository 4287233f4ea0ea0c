import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../api/client.ts';
import { chooseCatalog } from '../../app/catalog-choice.ts';
import dialog from '../../app/dialog.module.css';
import { refreshCatalogs } from '../../app/live.ts';
import { Field, TextField } from '../field.tsx';
import { FormDialog } from '../form-dialog.tsx';

interface RestoreDialogProps {
  readonly bucket: string;
  /** The names of its indexes. */
  readonly indexes: readonly string[];
  readonly onClose: () => void;
}

/** Begins to make a catalog of two indexes: a lost one, or a colleague's. */
export function RestoreDialog({ bucket, indexes, onClose }: RestoreDialogProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(bucket);
  const [imageIndex, setImageIndex] = useState(likely(indexes, 'img-index', 0));
  const [textIndex, setTextIndex] = useState(likely(indexes, 'txt-index', 1));
  const restore = async (assumeModel: boolean) => {
    const wish = { bucket, imageIndex, textIndex, name, assumeModel };
    const { catalogId } = await client.cloud.restore(wish);
    await refreshCatalogs();
    // Cloud shows there how far it is.
    chooseCatalog(catalogId);
  };
  const sides = [
    { key: 'imageIndex', value: imageIndex, set: setImageIndex },
    { key: 'textIndex', value: textIndex, set: setTextIndex },
  ] as const;
  return (
    <FormDialog
      title={t('cloud.restore.title')}
      verb={t('cloud.restore.yes')}
      pending={t('cloud.restore.pending')}
      isDisabled={imageIndex === textIndex}
      onSubmit={restore}
      onClose={onClose}
    >
      <p className={dialog.text}>{t('cloud.restore.text')}</p>
      {sides.map(({ key, value, set }) => (
        <Field key={key} label={t(`cloud.link.${key}`)}>
          {(tie) => (
            <select {...tie} value={value} onChange={(event) => set(event.currentTarget.value)}>
              {indexes.map((index) => (
                <option key={index}>{index}</option>
              ))}
            </select>
          )}
        </Field>
      ))}
      <TextField
        label={t('cloud.restore.name')}
        required
        maxLength={120}
        value={name}
        onText={setName}
        data-autofocus
      />
    </FormDialog>
  );
}

/** The index by its usual name, or the one that may be it. */
function likely(indexes: readonly string[], usual: string, otherwise: number): string {
  return indexes.includes(usual) ? usual : (indexes[otherwise] ?? indexes[0] ?? usual);
}
