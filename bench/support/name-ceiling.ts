import { poolOutput } from '../../electron/core/embedding/worker/pool-output.ts';
import { openSession } from '../../electron/core/embedding/worker/session.ts';
import { loadTokenizer } from '../../electron/core/embedding/worker/tokenize.ts';
import type { ResolvedModel } from '../../electron/core/models/model-registry.ts';

/**
 * Loads the text model into this process and returns what runs it alone: tokens ready, all texts
 * sorted by length, full batches. Texts a second.
 */
export async function openNameCeiling({
  spec,
  tokenizerPath,
  ...model
}: ResolvedModel): Promise<(texts: readonly string[]) => Promise<number>> {
  if (spec.modality !== 'text' || tokenizerPath === undefined) {
    throw new TypeError(`${spec.id} is no text model`);
  }
  const tokenizer = await loadTokenizer(tokenizerPath, spec.maxTokens);
  const session = await openSession({ key: spec.id, spec, tokenizerPath, ...model });
  const { inputs } = spec;

  return async (texts) => {
    const sorted = texts
      .map((text) => tokenizer.encode(text))
      .toSorted((a, b) => a.length - b.length);
    const batches = Array.from({ length: Math.ceil(sorted.length / spec.batch) }, (_, at) =>
      toTensors(sorted.slice(at * spec.batch, (at + 1) * spec.batch), tokenizer.padId),
    );
    const began = performance.now();
    for (const { lengths, ids, mask, dims } of batches) {
      const output = await session.run({
        [inputs.ids]: { data: ids, dims },
        [inputs.mask]: { data: mask, dims },
        ...(inputs.types === undefined
          ? {}
          : { [inputs.types]: { data: new BigInt64Array(ids.length), dims } }),
      });
      const vectors = poolOutput(output, { ...spec, lengths });
      if (vectors.length !== lengths.length) throw new Error('The model left texts out');
    }
    return (texts.length * 1000) / (performance.now() - began);
  };
}

function toTensors(sequences: readonly (readonly number[])[], padId: number) {
  const lengths = sequences.map((ids) => ids.length);
  const width = Math.max(...lengths);
  const ids = new BigInt64Array(sequences.length * width).fill(BigInt(padId));
  const mask = new BigInt64Array(sequences.length * width);
  for (const [row, sequence] of sequences.entries()) {
    for (const [column, id] of sequence.entries()) ids[row * width + column] = BigInt(id);
    mask.fill(1n, row * width, row * width + sequence.length);
  }
  return { lengths, ids, mask, dims: [sequences.length, width] };
}
