import type { Command } from 'commander';
import { withApp, type GlobalOptions } from '../context.ts';
import { print } from '../output.ts';
import { runScan } from './catalog.ts';
import { embedAll } from './ingest.ts';
import { runSearch } from './search.ts';

/** Words that name something the sample catalog certainly has. */
const EXAMPLE = 'navy striped t-shirt';

export function addSampleCommand(program: Command): void {
  program
    .command('sample')
    .description('the whole main job in one go: add, embed and search the sample catalog')
    .option('--text <string>', 'words to look for', EXAMPLE)
    .action(async (flags: { text: string }, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      await withApp(
        options,
        async (app) => {
          const catalogId = await app.catalogs.addSample();
          const added = await runScan(app, catalogId, options);
          const ingested = await embedAll(app, [catalogId], options);
          const { name } = app.catalogs.get(catalogId);
          const query = { top: 8, k: 60, weights: { image: 1, text: 1 } };
          const byWords = await runSearch(app, name, { ...query, text: flags.text });
          const found = byWords.json as { results: { key: string }[] };
          const like = found.results[0]?.key;
          const byBoth =
            like === undefined
              ? null
              : await runSearch(app, name, { ...query, text: flags.text, like });
          print(options, {
            json: {
              added: added.json,
              ingested: ingested.json,
              text: byWords.json,
              fused: byBoth?.json ?? null,
            },
            lines: [
              ...added.lines,
              '',
              `By words: ${flags.text}`,
              ...byWords.lines,
              ...(byBoth === null
                ? []
                : [
                    '',
                    `By both: ${flags.text}, and the picture of ${like ?? ''}`,
                    ...byBoth.lines,
                  ]),
            ],
          });
        },
        { jobs: ['scan', 'plan', 'embed-image', 'embed-text'] },
      );
    });
}
