import {
  tagChangeSchema,
  tagKeySchema,
  tagValueSchema,
  type TagChange,
  type TagTarget,
} from '../../../shared/contract/cloud/tags.ts';
import { isModelTag } from '../../../shared/model-tags.ts';
import { S3_VECTORS_LIMITS } from '../../../shared/s3-vectors-limits.ts';
import { VitrineError } from '../errors.ts';
import type { ConnectionService } from './connection-service.ts';

/** Tags of vector buckets and of indexes. */
export class TagService {
  readonly #connections: ConnectionService;

  constructor(connections: ConnectionService) {
    this.#connections = connections;
  }

  /** @throws CloudError CLOUD_ACCESS_DENIED where the policy does not show them, CLOUD_NOT_FOUND */
  async list(target: TagTarget): Promise<Record<string, string>> {
    return this.#connections.api().tagsOf(await this.#arnOf(target));
  }

  /**
   * Adds, changes and removes tags; all is checked before anything is sent.
   *
   * @throws VitrineError INVALID_INPUT naming the tag; CLOUD_CONFLICT when what tells the model of an
   *   index would change without a yes.
   */
  async change(target: TagTarget, change: TagChange): Promise<void> {
    const { set, remove, isModelAgreed } = parse(change);
    const api = this.#connections.api();
    const arn = await this.#arnOf(target);
    const before = await api.tagsOf(arn);
    const changed = Object.entries(set).filter(([key, value]) => before[key] !== value);
    const removed = remove.filter((key) => before[key] !== undefined && set[key] === undefined);
    const left = new Set([...Object.keys(before), ...Object.keys(set)]).size - removed.length;
    const { count } = S3_VECTORS_LIMITS.tags;
    if (left > count) {
      throw new VitrineError('INVALID_INPUT', `It would have ${left} tags; ${count} are allowed.`, {
        action: 'Remove some, or add fewer.',
      });
    }
    const ofModel = [...changed.map(([key]) => key), ...removed].filter(isModelTag);
    if (target.index !== undefined && ofModel.length > 0 && !isModelAgreed) {
      throw new VitrineError(
        'CLOUD_CONFLICT',
        `${ofModel.join(' and ')} ${ofModel.length === 1 ? 'tells' : 'tell'} which model made the vectors of ${target.index}: without it, or with another, Vitrine refuses to publish, search and restore there.`,
        {
          action: 'If that is what you want, say so: --change-model.',
          subject: ofModel[0]!,
        },
      );
    }
    // What is added comes first, so that a failure between the two loses nothing; if there is room.
    const isRoom = left + removed.length <= count;
    if (!isRoom) await api.untag(arn, removed);
    if (changed.length > 0) await api.tag(arn, Object.fromEntries(changed));
    if (isRoom && removed.length > 0) await api.untag(arn, removed);
  }

  async #arnOf({ bucket, index }: TagTarget): Promise<string> {
    const api = this.#connections.api();
    const { arn } =
      index === undefined
        ? await api.getBucket(bucket)
        : await api.getIndex({ bucket, name: index });
    return arn;
  }
}

function parse(change: TagChange) {
  const parsed = tagChangeSchema.parse(change);
  const faults = [
    ...Object.entries(parsed.set),
    ...parsed.remove.map((key) => [key, ''] as const),
  ].flatMap(([key, value]) => faultsOf(key, value).map((fault) => ({ key, fault })));
  const [first] = faults;
  if (first === undefined) return parsed;
  const told = faults.map(({ key, fault }) => `the tag "${key}": ${fault}`).join('; ');
  throw new VitrineError('INVALID_INPUT', `S3 Vectors would refuse ${told}.`, {
    action: 'Change it and try again.',
    subject: first.key,
  });
}

function faultsOf(key: string, value: string): string[] {
  return [tagKeySchema.safeParse(key), tagValueSchema.safeParse(value)]
    .flatMap(({ error }) => error?.issues ?? [])
    .map(({ message }) => message);
}
