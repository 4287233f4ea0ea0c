import type { Account } from '../store/account.ts';
import type { Bucket, Index, Tags } from '../store/resources.ts';
import { parseArn } from '../store/resource-names.ts';
import { RequestFields } from '../wire/request-fields.ts';
import { invalid, ServiceError } from '../wire/service-error.ts';
import type { Operation } from './context.ts';
import { tagsOf } from './shared-members.ts';

export const tagResource: Operation = ({ account, limits }, input) => {
  const fields = new RequestFields(input);
  const target = resourceTarget(fields);
  const added = tagsOf(fields, limits, true);
  fields.check();
  const resource = target(account);
  const tags = { ...resource.settings.tags, ...added() };
  if (Object.keys(tags).length > limits.tags) {
    throw new ServiceError(
      'ServiceQuotaExceededException',
      `A resource must have at most ${limits.tags} tags`,
    );
  }
  changeTags(account, resource, tags);
  return {};
};

export const untagResource: Operation = ({ account, limits }, input) => {
  const fields = new RequestFields(input);
  const target = resourceTarget(fields);
  const each = { min: 1, max: limits.tagKeyLength };
  const keys = fields.strings('tagKeys', { min: 0, max: 200, required: true }, each);
  fields.check();
  const resource = target(account);
  const left = Object.entries(resource.settings.tags).filter(([key]) => !keys.includes(key));
  changeTags(account, resource, Object.fromEntries(left));
  return {};
};

export const listTagsForResource: Operation = ({ account }, input) => {
  const fields = new RequestFields(input);
  const target = resourceTarget(fields);
  fields.check();
  return { tags: target(account).settings.tags };
};

function resourceTarget(fields: RequestFields): (account: Account) => Bucket | Index {
  const arn = fields.string('resourceArn', { min: 1, max: 1011, required: true });
  return (account) => {
    const resource = parseArn(arn);
    if (resource === null) throw invalid('/resourceArn', 'Invalid resource ARN');
    return account.byArn(resource);
  };
}

function changeTags(account: Account, resource: Bucket | Index, tags: Tags): void {
  if ('vectors' in resource) account.changeIndex(resource, { tags });
  else account.changeBucket(resource, { tags });
}
