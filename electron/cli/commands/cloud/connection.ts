import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  cloudConnectionSchema,
  type CloudConnection,
  type CredentialSource,
} from '../../../../shared/contract/cloud/connection.ts';
import { isLoopback } from '../../../core/aws/connection.ts';
import { createPolicy } from '../../../core/aws/policy.ts';
import { withApp, type GlobalOptions } from '../../context.ts';
import { formatTable, print } from '../../output.ts';

interface ConnectFlags {
  readonly profile?: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly source?: CredentialSource['kind'];
}

export function addConnectionCommands(cloud: Command): void {
  cloud
    .command('connect')
    .description('say which credentials, region and endpoint to use; keys are never stored')
    .option('--profile <profile>', 'a profile of ~/.aws/config or ~/.aws/credentials')
    .option('--region <region>', "such as eu-central-1 (the profile's by default)")
    .option('--endpoint <url>', 'a private link or a server of your own')
    .addOption(
      new Option(
        '--source <source>',
        'where credentials come from, if not from the profile',
      ).choices(['default', 'profile', 'sso', 'process', 'environment', 'practice']),
    )
    .action((flags: ConnectFlags, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const connection = readConnection(flags);
      return withApp(options, async (app) => {
        await app.cloud.connections.set(connection);
        const { source, region, endpoint } = connection;
        print(options, {
          json: connection,
          lines: [
            `Vitrine uses ${describeSource(source)}, ${endpoint ?? `region ${region ?? 'of the profile or the environment'}`}.`,
            'Nothing was sent. Try it: vitrine cloud test',
          ],
        });
      });
    });

  cloud
    .command('disconnect')
    .description('forget the connection; links and ledgers stay')
    .action((_flags: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        await app.cloud.connections.remove();
        print(options, { json: { connected: false }, lines: ['Disconnected.'] });
      });
    });

  cloud
    .command('profiles')
    .description('the profiles of the shared AWS files')
    .action((_flags: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const profiles = await app.cloud.connections.profiles();
        print(options, {
          json: profiles,
          lines:
            profiles.length === 0
              ? ['No profiles. aws configure sso makes one.']
              : formatTable(profiles.map(({ name, kind, region }) => [name, kind, region ?? ''])),
        });
      });
    });

  cloud
    .command('test')
    .description('ask the service who is asking and what they may do; changes nothing')
    .action((_flags: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const answer = await app.cloud.connections.test();
        print(options, {
          json: answer,
          lines: [
            `${answer.endpoint ?? answer.region ?? ''} answers in ${Math.round(answer.latencyMs)} ms to ${answer.identity}.`,
            ...formatTable(answer.permissions.map(({ action, allowed }) => [allowed, action])),
          ],
        });
      });
    });

  cloud
    .command('policy')
    .description('print the least an IAM user or role needs')
    .option('--bucket <bucket>', 'for this bucket only')
    .option('--for-deletion', 'print the separate policy that allows to delete indexes and buckets')
    .action((flags: { bucket?: string; forDeletion?: boolean }) => {
      const policy = createPolicy({
        bucket: flags.bucket,
        isForDeletion: flags.forDeletion ?? false,
      });
      // The policy is JSON for either reader.
      print({ json: true }, { json: policy, lines: [] });
    });
}

function readConnection({ profile, region, endpoint, source }: ConnectFlags): CloudConnection {
  const needsProfile = source === 'profile' || source === 'sso' || source === 'process';
  if (needsProfile && profile === undefined) {
    throw new InvalidArgumentError(`--source ${source} needs --profile.`);
  }
  const kind =
    source ??
    (profile !== undefined
      ? 'profile'
      : endpoint !== undefined && isUrl(endpoint) && isLoopback(endpoint)
        ? 'practice'
        : 'default');
  const parsed = cloudConnectionSchema.safeParse({
    source: { kind, ...(profile === undefined ? {} : { profile }) },
    // A server on this computer does not care, and the SDK wants one.
    region: region ?? (kind === 'practice' ? 'us-east-1' : null),
    endpoint: endpoint ?? null,
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InvalidArgumentError(
    `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`,
  );
}

function isUrl(text: string): boolean {
  return URL.canParse(text);
}

function describeSource(source: CredentialSource): string {
  switch (source.kind) {
    case 'default':
      return 'the default credentials of this computer';
    case 'profile':
    case 'sso':
    case 'process':
      return `the profile ${source.profile}`;
    case 'environment':
      return 'the environment variables';
    case 'keys':
      return 'keys that were typed in';
    case 'practice':
      return 'placeholder keys';
  }
}
