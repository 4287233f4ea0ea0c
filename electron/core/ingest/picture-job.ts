import path from 'node:path';
import type { PictureInput } from '../embedding/embedder.ts';
import type { JobHandler } from '../queue/job-runner.ts';
import { runUnits, type EmbedJobsOptions } from './embed-units.ts';
import { noteGivenUp } from './give-up.ts';

/** Embeds pictures, 32 jobs a call and two calls at once, so that decoding never waits for a reply. */
export function createPictureJob(options: EmbedJobsOptions): JobHandler {
  return {
    kind: 'embed-image',
    batchSize: 32,
    concurrency: 2,
    run: (jobs, { signal }) =>
      runUnits<PictureInput>(options, {
        jobs,
        modality: 'image',
        toInput: (item) =>
          item.imagePath === null || (item.embeddedHash !== null && item.imageStale === 0)
            ? null
            : {
                source: { path: path.join(item.root, item.imagePath) },
                knownHash: item.embeddedHash ?? undefined,
              },
        embed: (modelId, inputs) =>
          options.embedder.embedPictures(modelId, inputs, { priority: 'ingest', signal }),
      }),
    giveUp: (job, error) => noteGivenUp(options, { job, kind: 'embed-image', error }),
  };
}
