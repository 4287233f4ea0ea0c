import { Checkbox } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TAG_CHARACTERS, type TagTarget } from '../../../shared/contract/cloud/tags.ts';
import { isModelTag } from '../../../shared/model-tags.ts';
import { S3_VECTORS_LIMITS } from '../../../shared/s3-vectors-limits.ts';
import { client } from '../../api/client.ts';
import dialog from '../../app/dialog.module.css';
import field from '../field.module.css';
import { FormDialog } from '../form-dialog.tsx';
import styles from './tag-dialog.module.css';
import { changeBetween, nextId, repeatedRow, toRows, type TagRow } from './tag-rows.ts';

interface TagDialogProps {
  readonly target: TagTarget;
  /** As they are there. */
  readonly tags: Readonly<Record<string, string>>;
  readonly onClose: () => void;
}

const { count: MOST, keyLength, valueLength } = S3_VECTORS_LIMITS.tags;

/** Adds, changes and removes tags; those that tell the model of an index only after a yes. */
export function TagDialog({ target, tags, onClose }: TagDialogProps) {
  const { t } = useTranslation();
  const [rows, setRows] = useState<readonly TagRow[]>(() => toRows(tags));
  const list = useRef<HTMLUListElement>(null);
  const [isModelAgreed, setModelAgreed] = useState(false);
  const name = target.index ?? target.bucket;
  const change = changeBetween(tags, rows);
  const repeated = repeatedRow(rows);
  const isOfIndex = target.index !== undefined;
  // By what is there, not by what is typed: a row does not jump while its key is edited.
  const isOfModel = (key: string) => isOfIndex && tags[key] !== undefined && isModelTag(key);
  const modelKeys = Object.keys(tags).filter(isOfModel);
  const isModelChanged = [...Object.keys(change.set), ...change.remove].some(
    (key) => isOfIndex && isModelTag(key),
  );
  const isChanged = Object.keys(change.set).length + change.remove.length > 0;
  const edit = (id: number, to: Partial<TagRow>) =>
    setRows(rows.map((row) => (row.id === id ? { ...row, ...to } : row)));
  const add = () => {
    setRows([...rows, { id: nextId(rows), key: '', value: '' }]);
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus(),
    );
  };
  const agree = (isAgreed: boolean) => {
    setModelAgreed(isAgreed);
    if (isAgreed) return;
    // Without the yes they are as they were.
    const others = rows.filter(({ key }) => !isModelTag(key));
    const model = toRows(tags).filter(({ key }) => isModelTag(key));
    setRows([...model.map((row, at) => ({ ...row, id: nextId(rows) + at })), ...others]);
  };
  return (
    <FormDialog
      title={t('cloud.tags.dialogTitle', { name })}
      verb={t(isModelChanged ? 'cloud.tags.saveModel' : 'cloud.tags.save')}
      isDanger={isModelChanged}
      isDisabled={!isChanged || repeated !== null || (isModelChanged && !isModelAgreed)}
      onSubmit={() => client.cloud.tags.change({ ...target, ...change, isModelAgreed })}
      onClose={onClose}
    >
      {(modelKeys.length > 0 || isModelChanged) && (
        <div className={styles.model}>
          <p>{t('cloud.tags.modelText')}</p>
          <Checkbox
            size="xs"
            label={t('cloud.tags.modelAgree')}
            checked={isModelAgreed}
            onChange={(event) => agree(event.currentTarget.checked)}
          />
        </div>
      )}
      <ul ref={list} className={styles.rows} aria-label={t('cloud.tags.title')}>
        {rows.map(({ id, key, value }, at) => {
          const isLocked = isOfModel(key) && !isModelAgreed;
          const tag = key === '' ? t('cloud.tags.number', { number: at + 1 }) : key;
          return (
            <li key={id}>
              <input
                type="text"
                className={field.input}
                aria-label={t('cloud.tags.keyOf', { tag })}
                placeholder={t('cloud.tags.key')}
                required
                maxLength={keyLength}
                pattern={`(?![aA][wW][sS]:)${TAG_CHARACTERS}+`}
                title={t('cloud.tags.keyRule')}
                readOnly={isLocked}
                value={key}
                onChange={(event) => edit(id, { key: event.currentTarget.value })}
              />
              <input
                type="text"
                className={field.input}
                aria-label={t('cloud.tags.valueOf', { tag })}
                placeholder={t('cloud.tags.value')}
                maxLength={valueLength}
                pattern={`${TAG_CHARACTERS}*`}
                title={t('cloud.tags.valueRule')}
                readOnly={isLocked}
                value={value}
                onChange={(event) => edit(id, { value: event.currentTarget.value })}
              />
              <button
                type="button"
                className="icon-button"
                aria-label={t('cloud.tags.removeOf', { tag })}
                disabled={isLocked}
                onClick={() => setRows(rows.filter((row) => row.id !== id))}
              >
                <IconTrash size={17} stroke={1.7} aria-hidden />
              </button>
            </li>
          );
        })}
      </ul>
      <div className={styles.foot}>
        <button type="button" className="button" disabled={rows.length >= MOST} onClick={add}>
          {t('cloud.tags.add')}
        </button>
        <span>{t('cloud.tags.of', { shown: rows.length, most: MOST })}</span>
      </div>
      <output className={styles.repeated}>
        {repeated !== null && t('cloud.tags.repeated', { key: repeated.key })}
      </output>
      <p className={dialog.text}>{t('cloud.tags.help')}</p>
    </FormDialog>
  );
}
