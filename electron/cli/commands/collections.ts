import type { Command } from 'commander';
import { withApp, type GlobalOptions } from '../context.ts';
import { formatCount, formatTable, print } from '../output.ts';

export function addCollectionsCommands(program: Command): void {
  const collections = program
    .command('collections')
    .description('what was gathered from a catalog');

  collections
    .command('list <catalog>')
    .description('the collections of a catalog, with how many items each holds')
    .action((catalog: string, _flags: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const { id } = app.catalogs.find(catalog);
        const list = app.collections.list().filter(({ catalogId }) => catalogId === id);
        print(options, {
          json: list.map(({ name, items }) => ({ name, items })),
          lines: list.length === 0 ? ['None.'] : formatTable(list.map((c) => [c.items, c.name])),
        });
      });
    });

  collections
    .command('show <catalog> <collection>')
    .description('the items of a collection, in its order')
    .action((catalog: string, name: string, _flags: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const found = app.collections.find(app.catalogs.find(catalog).id, name);
        const items = app.collections.items(found.id).map((item) => ({
          key: item.key,
          name: item.name,
          imagePath: item.imagePath,
          inCatalog: !item.badges.includes('gone'),
          metadata: item.metadata,
        }));
        print(options, {
          json: { name: found.name, items },
          lines: formatTable(
            items.map((item) => [item.key, item.inCatalog ? item.name : '(left the catalog)']),
          ),
        });
      });
    });

  collections
    .command('add <catalog> <collection> <keys...>')
    .description('add items by key; a collection that is not there is started')
    .action((catalog: string, name: string, keys: string[], _flags: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const { id: catalogId } = app.catalogs.find(catalog);
        const there = app.collections
          .list()
          .find((c) => c.catalogId === catalogId && c.name.toLowerCase() === name.toLowerCase());
        const id = there?.id ?? app.collections.create(catalogId, name);
        const added = app.collections.add(id, keys);
        // Kept all the same: the next scan may bring them.
        const absent = app.collections
          .items(id)
          .filter((item) => keys.includes(item.key) && item.badges.includes('gone'))
          .map(({ key }) => key);
        print(options, {
          json: { added, absent },
          lines: [
            `Added ${formatCount(added.length, 'item')}.`,
            ...(absent.length === 0 ? [] : [`Not in the catalog: ${absent.join(', ')}.`]),
          ],
        });
      });
    });

  collections
    .command('remove <catalog> <collection> [keys...]')
    .description('take items out by key; without keys, delete the collection')
    .action((catalog: string, name: string, keys: string[], _flags: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      return withApp(options, async (app) => {
        const { id } = app.collections.find(app.catalogs.find(catalog).id, name);
        if (keys.length === 0) app.collections.delete(id);
        for (const key of keys) app.collections.remove(id, key);
        print(options, { json: { deleted: keys.length === 0 }, lines: [] });
      });
    });
}
