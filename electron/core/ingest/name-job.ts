import type { EmbedOutcome } from '../embedding/embedder.ts';
import type { JobHandler } from '../queue/job-runner.ts';
import { runUnits, type EmbedJobsOptions } from './embed-units.ts';
import { noteGivenUp } from './give-up.ts';

/**
 * Embeds names, each different text once: copies the vector where the model has met the text. Two
 * calls at once, so that the model never waits while results are written; a text that one of them is
 * embedding is awaited by the other.
 */
export function createNameJob(options: EmbedJobsOptions): JobHandler {
  const { embedder, embeddings } = options;
  const underWay = new Map<string, Promise<EmbedOutcome | undefined>>();
  return {
    kind: 'embed-text',
    batchSize: 256,
    concurrency: 2,
    run: (jobs, { signal }) =>
      runUnits<{ text: string; hash: string }>(options, {
        jobs,
        modality: 'text',
        toInput: (item) =>
          item.nameHash === null || item.nameHash === item.embeddedHash
            ? null
            : { text: item.name, hash: item.nameHash },
        async embed(modelId, inputs, ref) {
          const outcomes = new Map<string, Promise<EmbedOutcome | undefined>>();
          const unknown = new Map<string, string>();
          for (const { text, hash } of inputs) {
            if (outcomes.has(hash) || unknown.has(hash)) continue;
            const vector = embeddings.findByContent(ref, hash);
            const shared = underWay.get(`${ref.ref} ${hash}`);
            if (vector !== null) {
              outcomes.set(
                hash,
                Promise.resolve({ status: 'embedded', contentHash: hash, vector }),
              );
            } else if (shared !== undefined) outcomes.set(hash, shared);
            else unknown.set(hash, text);
          }
          const made = embedder.embedTexts(modelId, [...unknown.values()], {
            priority: 'ingest',
            signal,
          });
          for (const [index, hash] of [...unknown.keys()].entries()) {
            const outcome = made.then((all) => all[index]);
            outcomes.set(hash, outcome);
            underWay.set(`${ref.ref} ${hash}`, outcome);
          }
          try {
            await Promise.all([made, ...outcomes.values()]);
          } finally {
            for (const hash of unknown.keys()) underWay.delete(`${ref.ref} ${hash}`);
          }
          return Promise.all(
            inputs.map(({ hash }) => outcomes.get(hash) ?? Promise.resolve(undefined)),
          );
        },
      }),
    giveUp: (job, error) => noteGivenUp(options, { job, kind: 'embed-text', error }),
  };
}
