import type { Command } from 'commander';
import type { ErrorCode } from '../../../shared/contract/errors.ts';
import type { CatalogProgress } from '../../../shared/contract/ingest.ts';
import type { App } from '../../core/app.ts';
import { VitrineError } from '../../core/errors.ts';
import { withApp, type GlobalOptions } from '../context.ts';
import { interruption } from '../interruption.ts';
import { formatCount, formatDuration, formatTable, print } from '../output.ts';
import { describeProgress, showProgress } from '../progress-line.ts';

export function addIngestCommands(program: Command): void {
  program
    .command('ingest [catalog]')
    .description('embed what has no vector yet, until nothing is left; Ctrl-C pauses')
    .action(async (name: string | undefined, _flags: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      await withApp(
        options,
        async (app) => {
          const catalogs = name === undefined ? app.catalogs.list() : [app.catalogs.find(name)];
          const result = await embedAll(
            app,
            catalogs.map((catalog) => catalog.id),
            options,
          );
          print(options, {
            json: result.json,
            lines: [
              `Embedded ${formatCount(result.json.embedded.image, 'picture')} and ${formatCount(result.json.embedded.text, 'name')} in ${formatDuration(result.json.seconds)}` +
                (result.json.failed === 0
                  ? '.'
                  : `; ${formatCount(result.json.failed, 'item')} failed: see vitrine problems.`),
            ],
          });
          if (result.isPaused) {
            process.stderr.write('Paused. Run the same command to go on where it stopped.\n');
            process.exitCode = 1;
          }
        },
        { jobs: ['scan', 'plan', 'embed-image', 'embed-text'] },
      );
    });

  program
    .command('status')
    .description('what is done, what is under way, what stands in the way')
    .action((_flags: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const catalogs = new Map(app.catalogs.list().map((catalog) => [catalog.id, catalog]));
        const progress = app.progress().flatMap((one) => {
          const catalog = catalogs.get(one.catalogId);
          if (catalog === undefined) return [];
          const obstacle = one.obstacle ?? (catalog.online ? null : folderAway(catalog.root));
          return [{ catalog: catalog.name, ...one, obstacle }];
        });
        print(options, {
          json: progress,
          lines: [
            ...formatTable(
              progress.map((one) => [
                one.catalog,
                one.state,
                describeProgress([one]),
                formatCount(one.problems, 'problem'),
              ]),
            ),
            ...progress.flatMap(({ catalog, obstacle }) =>
              obstacle === null ? [] : [`${catalog}: ${obstacle.message} ${obstacle.action}`],
            ),
          ],
        });
      });
    });
}

export interface IngestResult {
  readonly json: {
    readonly embedded: { readonly image: number; readonly text: number };
    readonly failed: number;
    readonly seconds: number;
    readonly ratePerSecond: number;
  };
  readonly isPaused: boolean;
}

/** What nobody has met yet, because nothing runs: the queue notes it when it does. */
function folderAway(root: string): NonNullable<CatalogProgress['obstacle']> {
  const action = 'Connect the drive or bring the folder back.';
  return { code: 'FOLDER_NOT_FOUND', message: `The folder ${root} cannot be reached.`, action };
}

/** A window waits for a drive or a model to come back; a command says so and ends. */
function assertNoObstacle(app: App, catalogIds: readonly number[]): void {
  for (const { catalogId, obstacle } of app.progress()) {
    if (obstacle === null || !catalogIds.includes(catalogId)) continue;
    const { message, action } = obstacle;
    throw new VitrineError(obstacle.code as ErrorCode, message, { action });
  }
}

/**
 * Runs the queue until these catalogs have nothing left, or the user interrupts.
 *
 * @throws VitrineError when a model or a folder cannot be reached, after all else is done.
 */
export async function embedAll(
  app: App,
  catalogIds: readonly number[],
  options: GlobalOptions,
): Promise<IngestResult> {
  const signal = interruption();
  const stopProgress = showProgress(app, options);
  const startedAt = performance.now();
  try {
    app.start();
    for (const catalogId of catalogIds) app.ingest.resume(catalogId);
    for (const catalogId of catalogIds) {
      await app.runner.whenIdle({ catalogId, isBlockedEnough: true, signal });
    }
    if (!signal.aborted) assertNoObstacle(app, catalogIds);
  } finally {
    stopProgress();
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const { embedded, failed } = app.totals;
  return {
    json: {
      embedded,
      failed,
      seconds: Number(seconds.toFixed(3)),
      ratePerSecond: Number(((embedded.image + embedded.text) / seconds).toFixed(1)),
    },
    isPaused: signal.aborted,
  };
}
