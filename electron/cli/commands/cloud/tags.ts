import { InvalidArgumentError, type Command } from 'commander';
import type { TagTarget } from '../../../../shared/contract/cloud/tags.ts';
import { withApp, type GlobalOptions } from '../../context.ts';
import { formatTable, print } from '../../output.ts';

interface TagFlags extends GlobalOptions {
  readonly remove?: readonly string[];
  readonly changeModel?: boolean;
}

/** Adds the options of a `tag` command to one that names a bucket or an index. */
export function addTagOptions(command: Command): Command {
  return command
    .argument('[tags...]', 'key=value …')
    .option('--remove <keys...>', 'tags to take away');
}

/** Changes tags, then prints those that are there now. */
export async function changeTags(
  target: TagTarget,
  pairs: readonly string[],
  options: TagFlags,
): Promise<void> {
  const { remove = [], changeModel = false } = options;
  const set = Object.fromEntries(pairs.map(readTag));
  await withApp(options, async (app) => {
    const { tags } = app.cloud;
    const isChange = pairs.length + remove.length > 0;
    if (isChange) {
      await tags.change(target, { set, remove: [...remove], isModelAgreed: changeModel });
    }
    const now = await tags.list(target);
    print(options, { json: { ...target, tags: now }, lines: describeTags(now) });
  });
}

export function describeTags(tags: Readonly<Record<string, string>>): string[] {
  const rows = Object.entries(tags).map(([key, value]) => [`Tag ${key}`, value]);
  return rows.length === 0 ? ['No tags.'] : formatTable(rows);
}

function readTag(pair: string): [string, string] {
  const at = pair.indexOf('=');
  if (at > 0) return [pair.slice(0, at), pair.slice(at + 1)];
  throw new InvalidArgumentError(`Tags are given as key=value, not "${pair}".`);
}
