import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CloudConnection, CloudProfile } from '../../../shared/contract/cloud/connection.ts';
import { client } from '../../api/client.ts';
import { queryClient } from '../../app/query-client.ts';
import { Section } from '../../app/section.tsx';
import { CloudFailure, useFailure } from '../cloud-failure.tsx';
import styles from './connection-form.module.css';
import { Field, TextField } from '../field.tsx';
import { refreshCloud } from '../use-cloud.ts';

const KINDS = ['default', 'profile', 'environment', 'keys', 'practice'] as const;
type Kind = (typeof KINDS)[number];

interface ConnectionFormProps {
  /** The one to be changed; null where there is none yet. */
  readonly connection: CloudConnection | null;
  readonly onDone: () => void;
}

/** Which credentials, which region, which address. */
export function ConnectionForm({ connection, onDone }: ConnectionFormProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>(kindOf(connection));
  const [profile, setProfile] = useState(profileOf(connection));
  const [region, setRegion] = useState(connection?.region ?? '');
  const [endpoint, setEndpoint] = useState(connection?.endpoint ?? '');
  const [keys, setKeys] = useState({ accessKeyId: '', secretAccessKey: '', sessionToken: '' });
  const profiles = useQuery({
    queryKey: ['cloud-profiles'],
    queryFn: ({ signal }) => client.cloud.profiles(undefined, { signal }),
    staleTime: 0,
  });
  const keepsKeys = useQuery({
    queryKey: ['cloud-keeps-keys'],
    queryFn: ({ signal }) => client.cloud.keepsKeys(undefined, { signal }),
    // Asking may unlock the keyring of the system: only who types keys in wants that.
    enabled: kind === 'keys',
  });
  const listed = profiles.data ?? [];
  const chosen = listed.find(({ name }) => name === profile) ?? listed[0];
  const save = useMutation({
    async mutationFn() {
      const next: CloudConnection = {
        source: kind === 'profile' ? sourceOf(chosen) : { kind },
        region: region.trim() === '' ? null : region.trim(),
        endpoint: endpoint.trim() === '' ? null : endpoint.trim(),
      };
      const { accessKeyId, secretAccessKey, sessionToken } = keys;
      await client.cloud.connect({
        ...next,
        ...(kind === 'keys'
          ? {
              keys: {
                accessKeyId: accessKeyId.trim(),
                secretAccessKey: secretAccessKey.trim(),
                ...(sessionToken.trim() === '' ? {} : { sessionToken: sessionToken.trim() }),
              },
            }
          : {}),
      });
      await refreshCloud();
      onDone();
      // Shown by the connection's card, whichever way it goes.
      void queryClient
        .fetchQuery({
          queryKey: ['cloud-test', next],
          queryFn: () => client.cloud.test(),
          staleTime: 0,
          retry: false,
        })
        .catch(() => undefined);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const needsRegion = kind === 'keys' || kind === 'practice';
  const hasNoProfile = kind === 'profile' && profiles.isSuccess && listed.length === 0;
  return (
    <Section title={t('cloud.form.title')} help={t('cloud.form.help')}>
      <form onSubmit={submit}>
        <div className={styles.fields}>
          <Field
            label={t('cloud.form.source')}
            help={t(
              `cloud.form.sourceHelp.${kind === 'keys' && keepsKeys.data === true ? 'keysKept' : kind}`,
            )}
          >
            {(tie) => (
              <select
                {...tie}
                value={kind}
                onChange={(event) => setKind(event.currentTarget.value as Kind)}
              >
                {KINDS.map((one) => (
                  <option key={one} value={one}>
                    {t(`cloud.form.sources.${one}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          {kind === 'profile' && (
            <Field
              label={t('cloud.form.profile')}
              help={hasNoProfile ? t('cloud.form.noProfiles') : undefined}
            >
              {(tie) => (
                <select
                  {...tie}
                  disabled={listed.length === 0}
                  value={chosen?.name ?? ''}
                  onChange={(event) => setProfile(event.currentTarget.value)}
                >
                  {listed.map((one) => (
                    <option key={one.name} value={one.name}>
                      {`${one.name} · ${t(`cloud.form.profileKind.${one.kind}`)}`}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          )}
          {kind === 'keys' && (
            <>
              <TextField
                label={t('cloud.form.accessKeyId')}
                required
                value={keys.accessKeyId}
                onText={(accessKeyId) => setKeys({ ...keys, accessKeyId })}
              />
              <TextField
                label={t('cloud.form.secretAccessKey')}
                type="password"
                required
                value={keys.secretAccessKey}
                onText={(secretAccessKey) => setKeys({ ...keys, secretAccessKey })}
              />
              <TextField
                label={t('cloud.form.sessionToken')}
                type="password"
                value={keys.sessionToken}
                onText={(sessionToken) => setKeys({ ...keys, sessionToken })}
              />
            </>
          )}
          <TextField
            label={t('cloud.form.region')}
            placeholder={(kind === 'profile' ? chosen?.region : null) ?? 'eu-central-1'}
            help={t(needsRegion ? 'cloud.form.regionNeeded' : 'cloud.form.regionHelp')}
            required={needsRegion}
            pattern="[a-z]{2,}(-[a-z0-9]+)+"
            value={region}
            onText={setRegion}
          />
          <TextField
            label={t('cloud.form.endpoint')}
            type="url"
            placeholder={
              kind === 'practice' ? 'http://127.0.0.1:9090' : t('cloud.form.endpointOfRegion')
            }
            help={t('cloud.form.endpointHelp')}
            required={kind === 'practice'}
            value={endpoint}
            onText={setEndpoint}
          />
        </div>
        {save.isError && <SaveFailure error={save.error} />}
        <div className={styles.foot}>
          <span>{t('cloud.form.testHelp')}</span>
          <button type="button" className="button" onClick={onDone}>
            {t('common.cancel')}
          </button>
          <button
            type="submit"
            className="button"
            data-kind="primary"
            disabled={save.isPending || hasNoProfile}
          >
            {t('cloud.form.connect')}
          </button>
        </div>
      </form>
    </Section>
  );
}

function SaveFailure({ error }: { readonly error: unknown }) {
  return <CloudFailure failure={useFailure(error)} />;
}

/** How a profile gets its credentials is what the shared files say of it. */
function sourceOf(profile: CloudProfile | undefined): CloudConnection['source'] {
  const { name = 'default', kind = 'keys' } = profile ?? {};
  return { kind: kind === 'sso' || kind === 'process' ? kind : 'profile', profile: name };
}

function kindOf(connection: CloudConnection | null): Kind {
  const { source } = connection ?? { source: { kind: 'default' } as const };
  return 'profile' in source ? 'profile' : source.kind;
}

function profileOf(connection: CloudConnection | null): string {
  return connection !== null && 'profile' in connection.source ? connection.source.profile : '';
}
