import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Catalog } from '../../../shared/contract/catalog.ts';
import type { CloudConnection } from '../../../shared/contract/cloud/connection.ts';
import type { CloudLink } from '../../../shared/contract/cloud/link.ts';
import type { MetadataColumn } from '../../../shared/contract/cloud/metadata.ts';
import { client } from '../../api/client.ts';
import { FailureMessage } from '../../app/failure-message.tsx';
import { notifyDone, notifyFailure } from '../../app/notify.ts';
import { ChangeFailure } from '../change-failure.tsx';
import { ColumnPlanner } from './column-planner.tsx';
import { Field, TextField } from '../field.tsx';
import styles from './link-form.module.css';
import { LookPanel } from './look-panel.tsx';
import { bucketNameOf } from '../buckets/bucket-name.ts';
import { refreshCloud } from '../use-cloud.ts';

interface LinkFormProps {
  readonly catalog: Catalog;
  /** As it is now; null while there is none. */
  readonly link: CloudLink | null;
  readonly connection: CloudConnection;
  readonly onDone: () => void;
}

/** Chooses bucket, indexes and what is published beside each vector; makes what is missing. */
export function LinkForm(props: LinkFormProps) {
  const { catalog, link } = props;
  const suggested = useQuery({
    queryKey: ['cloud-columns', catalog.id, catalog.revision],
    queryFn: ({ signal }) => client.cloud.suggestColumns({ catalogId: catalog.id }, { signal }),
    enabled: link === null,
    placeholderData: (before) => before,
  });
  if (suggested.isError) {
    return <FailureMessage error={suggested.error} onRetry={() => void suggested.refetch()} />;
  }
  const columns = link?.columns ?? suggested.data;
  return columns === undefined ? null : <Form {...props} start={columns} />;
}

function Form(props: LinkFormProps & { readonly start: readonly MetadataColumn[] }) {
  const { catalog, link, connection, start, onDone } = props;
  const { t } = useTranslation();
  const [bucket, setBucket] = useState(link?.bucket ?? bucketNameOf(catalog.name));
  const [imageIndex, setImageIndex] = useState(indexOf(link, 'image') ?? 'img-index');
  const [textIndex, setTextIndex] = useState(indexOf(link, 'text') ?? 'txt-index');
  const [kmsKeyArn, setKmsKeyArn] = useState<string | null>(null);
  const [columns, setColumns] = useState(start);
  const place = {
    catalogId: catalog.id,
    bucket: bucket.trim(),
    imageIndex: imageIndex.trim(),
    textIndex: textIndex.trim(),
  };
  const save = useMutation({
    mutationFn: (assumeModel: boolean) =>
      client.cloud.setLink({
        ...place,
        columns: [...columns],
        create: true,
        assumeModel,
        ...(kmsKeyArn === null
          ? {}
          : { encryption: { sseType: 'aws:kms' as const, kmsKeyArn: kmsKeyArn.trim() } }),
      }),
    async onSuccess({ unconfirmed }) {
      await refreshCloud();
      notifyDone(unconfirmed === null ? t('cloud.link.made') : t('cloud.link.unconfirmed'));
      onDone();
    },
  });
  const look = useMutation({ mutationFn: (at: typeof place) => client.cloud.look(at) });
  // Of other names than those in the form it says nothing.
  const isOfForm = JSON.stringify(look.variables) === JSON.stringify(place);
  const there = (isOfForm ? (look.data ?? []) : []).filter(({ state }) => state !== 'missing');
  const isAsking = there.some(({ index }) => !isLinked(link, { bucket: place.bucket, index }));
  const needsModelYes = isAsking && there.some((one) => one.needsModelYes);
  const unlink = () =>
    void client.cloud.unlink({ catalogId: catalog.id }).then(refreshCloud, notifyFailure);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isAsking) {
      save.mutate(needsModelYes);
      return;
    }
    // Where it cannot look, linking says why.
    const found = await look.mutateAsync(place).catch(() => []);
    const isStrange = found.some(
      ({ state, index }) => state !== 'missing' && !isLinked(link, { bucket: place.bucket, index }),
    );
    // What fits nowhere is refused at once; what may be others' is shown before the yes.
    if (!isStrange || found.some(({ misfit }) => misfit !== null)) save.mutate(false);
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <div className={styles.fields}>
        <TextField
          label={t('cloud.link.bucket')}
          required
          minLength={3}
          maxLength={63}
          pattern="[a-z0-9][a-z0-9\-]*[a-z0-9]"
          title={t('cloud.bucketRule')}
          value={bucket}
          onText={setBucket}
        />
        <TextField
          label={t('cloud.link.imageIndex')}
          required
          minLength={3}
          maxLength={63}
          pattern="[a-z0-9][a-z0-9.\-]*[a-z0-9]"
          title={t('cloud.indexRule')}
          value={imageIndex}
          onText={setImageIndex}
        />
        <TextField
          label={t('cloud.link.textIndex')}
          required
          minLength={3}
          maxLength={63}
          pattern="[a-z0-9][a-z0-9.\-]*[a-z0-9]"
          title={t('cloud.indexRule')}
          value={textIndex}
          onText={setTextIndex}
        />
      </div>
      <ColumnPlanner catalog={catalog} columns={columns} onChange={setColumns} />
      {connection.source.kind !== 'practice' && (
        <details className={styles.encryption}>
          <summary>{t('cloud.link.encryption')}</summary>
          <div className={styles.fields}>
            <Field label={t('cloud.link.encryptedBy')} help={t('cloud.link.encryptionHelp')}>
              {(tie) => (
                <select
                  {...tie}
                  value={kmsKeyArn === null ? 'AES256' : 'aws:kms'}
                  onChange={(event) =>
                    setKmsKeyArn(event.currentTarget.value === 'AES256' ? null : '')
                  }
                >
                  <option value="AES256">{t('cloud.encryption.AES256')}</option>
                  <option value="aws:kms">{t('cloud.encryption.aws:kms')}</option>
                </select>
              )}
            </Field>
            {kmsKeyArn !== null && (
              <TextField
                label={t('cloud.link.kmsKey')}
                required
                placeholder="arn:aws:kms:…:key/…"
                value={kmsKeyArn}
                onText={setKmsKeyArn}
              />
            )}
          </div>
        </details>
      )}
      {there.length > 0 && <LookPanel looks={there} onColumns={setColumns} />}
      {save.isError && <ChangeFailure error={save.error} onConsent={() => save.mutate(true)} />}
      <div className={styles.foot}>
        {link !== null && (
          <button type="button" className="link" onClick={unlink}>
            {t('cloud.link.unlink')}
          </button>
        )}
        <button
          type="button"
          className="link"
          disabled={look.isPending}
          onClick={() => look.mutate(place, { onError: notifyFailure })}
        >
          {t(look.isPending ? 'cloud.look.looking' : 'cloud.look.now')}
        </button>
        <span>{t(needsModelYes ? 'cloud.link.unknownModel' : 'cloud.link.sends')}</span>
        {link !== null && (
          <button type="button" className="button" onClick={onDone}>
            {t('common.cancel')}
          </button>
        )}
        <button
          type="submit"
          className="button"
          data-kind="primary"
          disabled={save.isPending || look.isPending}
        >
          {t(
            save.isPending
              ? 'cloud.link.making'
              : needsModelYes
                ? 'cloud.link.assumeModel'
                : isAsking
                  ? 'cloud.link.these'
                  : 'cloud.link.make',
          )}
        </button>
      </div>
    </form>
  );
}

/** Whether it is linked to this very index already. */
function isLinked(link: CloudLink | null, at: { bucket: string; index: string }): boolean {
  return link?.bucket === at.bucket && link.indexes.some(({ name }) => name === at.index);
}

function indexOf(link: CloudLink | null, side: 'image' | 'text'): string | undefined {
  return link?.indexes.find(({ modality }) => modality === side)?.name;
}
