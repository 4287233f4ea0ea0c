import { loadSharedConfigFiles } from '@smithy/core/config';
import type { CloudProfile } from '../../../shared/contract/cloud/connection.ts';

/** Sections that are no profiles: the SDK puts their kind before a dot. */
const OTHER_SECTIONS = /^(sso-session|services)\./;

/**
 * The profiles of the shared files (`~/.aws/config` and `~/.aws/credentials`, or where
 * AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE say), by name. Nothing of a key is read out.
 */
export async function listProfiles(): Promise<CloudProfile[]> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
  return [...names]
    .filter((name) => !OTHER_SECTIONS.test(name))
    .toSorted()
    .flatMap((name): CloudProfile[] => {
      const settings = { ...configFile[name], ...credentialsFile[name] };
      const kind = kindOf(settings);
      return kind === null ? [] : [{ name, kind, region: settings['region'] ?? null }];
    });
}

function kindOf(
  settings: Readonly<Record<string, string | undefined>>,
): CloudProfile['kind'] | null {
  if (settings['sso_session'] !== undefined || settings['sso_start_url'] !== undefined)
    return 'sso';
  if (settings['login_session'] !== undefined) return 'login';
  if (settings['role_arn'] !== undefined) return 'role';
  if (settings['credential_process'] !== undefined) return 'process';
  if (settings['aws_access_key_id'] !== undefined) return 'keys';
  // A section with a region and nothing to sign with is of use only to the default chain.
  return settings['region'] === undefined ? null : 'region-only';
}
