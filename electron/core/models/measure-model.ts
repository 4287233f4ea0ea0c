import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Embedder, EmbedOutcome } from '../embedding/embedder.ts';
import { VitrineError } from '../errors.ts';
import type { ModelSpec } from './manifest.ts';

const RUN_SECONDS = 2;
const MOST_INPUTS = 2_000;

/**
 * How many pictures or names a model embeds a second on this machine: samples of ours go through the
 * inference process as an ingest does it, decoding and tokenizing included, for about two seconds. The
 * model is loaded and has run before the clock starts.
 *
 * @throws VitrineError as the embedder does, and INFERENCE_FAILED when all samples are refused.
 */
export async function measureModel(
  spec: ModelSpec,
  options: {
    readonly embedder: Pick<Embedder, 'embedPictures' | 'embedTexts' | 'warmUp'>;
    /** Folder of sample pictures. */
    readonly pictures: string;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<number> {
  const { embedder, signal } = options;
  const embed = { priority: 'ingest', signal } as const;
  const files = spec.modality === 'image' ? await listPictures(options.pictures) : [];
  const run = (from: number, count: number): Promise<EmbedOutcome[]> => {
    const indexes = Array.from({ length: count }, (_, index) => from + index);
    return spec.modality === 'image'
      ? embedder.embedPictures(
          spec.id,
          indexes.map((index) => ({ source: { path: files[index % files.length]! } })),
          embed,
        )
      : embedder.embedTexts(spec.id, indexes.map(sampleName), embed);
  };
  await embedder.warmUp(spec.id);
  const probe = await perSecond(() => run(0, spec.batch));
  const wanted = Math.round(RUN_SECONDS * probe);
  const count = Math.min(MOST_INPUTS, Math.max(2 * spec.batch, wanted));
  return perSecond(() => run(spec.batch, count));
}

/** The sample catalog has pictures that are wrong on purpose: those that are refused do not count. */
async function perSecond(run: () => Promise<EmbedOutcome[]>): Promise<number> {
  const began = performance.now();
  const outcomes = await run();
  const seconds = (performance.now() - began) / 1000;
  const embedded = outcomes.filter(({ status }) => status === 'embedded').length;
  if (embedded > 0) return embedded / seconds;
  const refused = outcomes.find((outcome) => outcome.status === 'refused');
  throw new VitrineError('INFERENCE_FAILED', `Every sample was refused: ${refused?.reason}`, {
    action: 'Install Vitrine again.',
  });
}

async function listPictures(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const pictures = names.filter((name) => /\.(webp|jpe?g|png)$/i.test(name)).toSorted();
  if (pictures.length > 0) return pictures.map((name) => path.join(folder, name));
  throw new VitrineError('FOLDER_NOT_FOUND', `${folder} holds no sample pictures.`, {
    action: 'Install Vitrine again.',
    subject: folder,
  });
}

const WHO = ['Women', 'Men', 'Girls', 'Boys', 'Unisex'];
const COLOURS = ['navy blue', 'red', 'olive green', 'off white', 'charcoal', 'mustard', 'pink'];
const LOOKS = [
  'striped',
  'printed',
  'solid',
  'checked',
  'washed',
  'embroidered',
  'ribbed',
  'quilted',
];
const KINDS = ['cotton shirt', 'running shoes', 'leather belt', 'slim fit jeans', 'sports watch'];
const LINES = ['classic', 'active', 'studio', 'weekend', 'everyday', 'heritage', 'essential'];

/** As long as product names are, and each different: equal ones are embedded once. */
function sampleName(index: number): string {
  let rest = index;
  const words = [WHO, COLOURS, LOOKS, KINDS, LINES].map((list) => {
    const word = list[rest % list.length]!;
    rest = Math.floor(rest / list.length);
    return word;
  });
  return words.join(' ');
}
