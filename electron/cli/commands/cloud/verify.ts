import type { Command } from 'commander';
import type { VerifyReport } from '../../../../shared/contract/cloud/verify.ts';
import { withApp, type GlobalOptions } from '../../context.ts';
import { formatTable, print } from '../../output.ts';
import { allDeletions, refuseDeletions } from './deletions.ts';
import { listWithLine } from './listing-line.ts';
import { publishUntilDone } from './publish.ts';

interface VerifyFlags {
  readonly vectors?: boolean;
  readonly repair?: boolean;
  readonly delete?: boolean;
}

export function addVerifyCommand(cloud: Command): void {
  cloud
    .command('verify <catalog>')
    .description('list both indexes and compare them with the catalog')
    .option('--vectors', 'compare the numbers too, not only keys and metadata')
    .option('--repair', 'then publish what is missing or different, and delete what is unexpected')
    .option('--delete', 'with --repair: also where that is more than a tenth of an index')
    .action((name: string, flags: VerifyFlags, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(
        options,
        async (app) => {
          const catalog = app.catalogs.find(name);
          const { verifier, publishing } = app.cloud;
          const { vectors = false } = flags;
          const report = await listWithLine(
            (run) => verifier.verify(catalog.id, { vectors, ...run }),
            { ...options, goOn: 'Nothing was changed in the cloud; run it again to compare anew.' },
          );
          const plan =
            flags.repair === true && !report.isInStep ? await publishing.plan(catalog.id) : null;
          const isRefused = plan?.deletions === 'separate' && flags.delete !== true;
          const repaired =
            plan === null || isRefused
              ? null
              : await publishUntilDone(app, catalog.id, {
                  ...options,
                  deletions: allDeletions(plan),
                });
          print(options, {
            json: { catalog: catalog.name, ...report, repaired },
            lines: [
              ...describe(catalog.name, report),
              ...(repaired === null
                ? []
                : [
                    `Repaired: sent ${repaired.sent.image + repaired.sent.text}, deleted ${repaired.deleted.image + repaired.deleted.text}.`,
                  ]),
            ],
          });
          if (plan !== null && isRefused) refuseDeletions(catalog.name, plan);
          if (!report.isInStep && repaired === null) process.exitCode = 1;
        },
        { jobs: ['publish'] },
      );
    });
}

function describe(catalog: string, report: VerifyReport): string[] {
  return [
    ...formatTable([
      ['Index', 'vectors', 'missing', 'unexpected', 'other metadata', 'other numbers'],
      ...report.indexes.map(({ index, listed, missing, unexpected, different }) => [
        index,
        listed,
        missing.count,
        unexpected.count,
        different.metadata.count,
        different.vector.count,
      ]),
    ]),
    ...report.indexes.flatMap(({ index, missing, unexpected, different }) =>
      Object.entries({
        missing,
        unexpected,
        'other metadata': different.metadata,
        'other numbers': different.vector,
      }).flatMap(([what, { keys }]) =>
        keys.length === 0 ? [] : [`  ${index}, ${what}: ${keys.join(' ')}`],
      ),
    ),
    report.isInStep
      ? `${catalog} and its indexes agree.`
      : 'To mend it: the same with --repair, or vitrine cloud publish.',
  ];
}
