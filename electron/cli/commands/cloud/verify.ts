import type { Command } from 'commander';
import type { VerifyReport } from '../../../../shared/contract/cloud/verify.ts';
import { withApp, type GlobalOptions } from '../../context.ts';
import { formatTable, print } from '../../output.ts';
import { listWithLine } from './listing-line.ts';
import { publishUntilDone } from './publish.ts';

export function addVerifyCommand(cloud: Command): void {
  cloud
    .command('verify <catalog>')
    .description('list both indexes and compare them with the catalog')
    .option('--vectors', 'compare the numbers too, not only keys and metadata')
    .option('--repair', 'then publish what is missing or different, and delete what is unexpected')
    .action((name: string, flags: { vectors?: boolean; repair?: boolean }, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(
        options,
        async (app) => {
          const catalog = app.catalogs.find(name);
          const { verifier } = app.cloud;
          const { vectors = false } = flags;
          const report = await listWithLine(
            (run) => verifier.verify(catalog.id, { vectors, ...run }),
            { ...options, goOn: 'Nothing was changed in the cloud; run it again to compare anew.' },
          );
          const repaired =
            flags.repair === true && !report.isInStep
              ? await publishUntilDone(app, catalog.id, options)
              : null;
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
