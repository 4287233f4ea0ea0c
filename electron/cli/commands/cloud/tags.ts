import { InvalidArgumentError, type Command } from 'commander';
import type { TagTarget } from '../../../../shared/contract/cloud/tags.ts';
import { VitrineError } from '../../../core/errors.ts';
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
      await assertKeys(remove, () => tags.list(target));
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

/** `--remove` takes every word after it: a pair among them was to be set, unless a tag is named so. */
async function assertKeys(
  remove: readonly string[],
  list: () => Promise<Record<string, string>>,
): Promise<void> {
  const pairs = remove.filter((key) => key.includes('='));
  if (pairs.length === 0) return;
  const there = await list();
  const pair = pairs.find((key) => there[key] === undefined);
  if (pair === undefined) return;
  throw new VitrineError('INVALID_INPUT', `There is no tag with the key "${pair}" to remove.`, {
    action: `To set it, name it before --remove, which takes all keys after it.`,
    subject: pair,
  });
}

function readTag(pair: string): [string, string] {
  const at = pair.indexOf('=');
  if (at > 0) return [pair.slice(0, at), pair.slice(at + 1)];
  throw new InvalidArgumentError(`Tags are given as key=value, not "${pair}".`);
}
