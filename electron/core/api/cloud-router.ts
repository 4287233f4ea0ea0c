import { implement } from '@orpc/server';
import { cloudContract } from '../../../shared/contract/cloud/contract.ts';
import type { App } from '../app.ts';
import { createPolicy } from '../aws/policy.ts';

/** The cloud's part of the contract: each call is one line, the work is the services'. */
export function createCloudRouter(app: App) {
  const os = implement(cloudContract);
  const { connections, indexes, links, looker, practice, publishing, restorer, tags, verifier } =
    app.cloud;
  const listers = { verify: verifier, restore: restorer };
  return {
    connection: os.connection.handler(() => connections.get()),
    connect: os.connect.handler(({ input: { keys, ...connection } }) =>
      connections.set(connection, keys),
    ),
    disconnect: os.disconnect.handler(() => connections.remove()),
    startPractice: os.startPractice.handler(() => practice.connect()),
    practiceEndpoint: os.practiceEndpoint.handler(() => practice.endpoint()),
    keepsKeys: os.keepsKeys.handler(() => connections.keepsKeys()),
    profiles: os.profiles.handler(() => connections.profiles()),
    test: os.test.handler(({ signal }) => connections.test({ signal })),
    policy: os.policy.handler(({ input }) => JSON.stringify(createPolicy(input), null, 2)),
    buckets: {
      list: os.buckets.list.handler(({ input }) => indexes.listBuckets(input)),
      show: os.buckets.show.handler(({ input }) => indexes.showBucket(input.bucket)),
      create: os.buckets.create.handler(({ input: { bucket, ...rest } }) =>
        indexes.createBucket(bucket, rest),
      ),
      delete: os.buckets.delete.handler(({ input: { bucket, confirmation } }) =>
        indexes.deleteBucket(bucket, { confirmation }),
      ),
    },
    indexes: {
      list: os.indexes.list.handler(({ input: { bucket, ...page } }) =>
        indexes.listIndexes(bucket, page),
      ),
      show: os.indexes.show.handler(({ input }) => indexes.show(input)),
      create: os.indexes.create.handler(({ input }) => indexes.create(input)),
      delete: os.indexes.delete.handler(({ input: { confirmation, ...place } }) =>
        indexes.delete(place, { confirmation }),
      ),
    },
    tags: {
      list: os.tags.list.handler(({ input }) => tags.list(input)),
      change: os.tags.change.handler(({ input: { bucket, index, ...change } }) =>
        tags.change({ bucket, index }, change),
      ),
    },
    link: os.link.handler(({ input }) => links.find(input.catalogId)),
    suggestColumns: os.suggestColumns.handler(({ input }) => links.suggestColumns(input)),
    measureColumns: os.measureColumns.handler(({ input: { catalogId, columns }, signal }) =>
      links.measureColumns(catalogId, { columns, signal }),
    ),
    look: os.look.handler(({ input, signal }) => looker.look(input, { signal })),
    setLink: os.setLink.handler(async ({ input }) => {
      const { link, unconfirmed } = await links.link(input);
      return { link, unconfirmed: unconfirmed?.message ?? null };
    }),
    unlink: os.unlink.handler(({ input }) => links.unlink(input.catalogId)),
    plan: os.plan.handler(({ input }) => publishing.plan(input.catalogId)),
    publish: os.publish.handler(({ input: { catalogId, ...yes } }) =>
      publishing.start(catalogId, yes),
    ),
    pause: os.pause.handler(({ input }) => publishing.pause(input.catalogId)),
    cancel: os.cancel.handler(({ input }) => publishing.cancel(input.catalogId)),
    retryRefused: os.retryRefused.handler(({ input }) => ({
      records: publishing.forgetRefusals(input.catalogId),
    })),
    verify: os.verify.handler(({ input: { catalogId, vectors } }) =>
      verifier.start(catalogId, { vectors }),
    ),
    lastVerified: os.lastVerified.handler(({ input }) => verifier.last(input.catalogId)),
    restore: os.restore.handler(async ({ input }) => ({
      catalogId: await restorer.start(input),
    })),
    goOnRestoring: os.goOnRestoring.handler(({ input }) => restorer.goOn(input.catalogId)),
    listings: os.listings.handler(({ signal }) => app.watchListings(signal)),
    stopListing: os.stopListing.handler(({ input: { kind, catalogId } }) =>
      listers[kind].stop(catalogId),
    ),
    forgetListing: os.forgetListing.handler(({ input: { kind, catalogId } }) =>
      listers[kind].forget(catalogId),
    ),
    live: os.live.handler(({ signal }) => app.watchPublishing(signal)),
  };
}
