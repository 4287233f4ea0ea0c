import { readFile } from 'node:fs/promises';
import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';

/** No sequence of up to a few hundred tokens needs more; a 1 MB field must not stall the worker. */
const MAX_CHARACTERS = 32_768;

const tokenizerFileSchema = z.looseObject({
  padding: z.looseObject({ pad_id: z.int() }).nullish(),
});

export interface TextTokenizer {
  /** Token ids with the special tokens, at most `maxTokens`. */
  encode(text: string): number[];
  /** Fills the shorter sequences of a batch. */
  readonly padId: number;
}

/**
 * A tokenizer of a `tokenizer.json`. Its own truncation and padding are ignored (all-MiniLM's asks
 * for 128 and 128): cut at `maxTokens` keeping the special tokens at the end, padded by the batch.
 */
export async function loadTokenizer(file: string, maxTokens: number): Promise<TextTokenizer> {
  const json: unknown = JSON.parse(await readFile(file, 'utf8'));
  const { padding } = tokenizerFileSchema.parse(json);
  const tokenizer = new Tokenizer(json as object, {});
  const closing = countClosingTokens(tokenizer);
  return {
    padId: padding?.pad_id ?? 0,
    encode(text) {
      // Lone surrogates become U+FFFD, as they do in UTF-8, of which the content hash is made.
      const { ids } = tokenizer.encode(text.slice(0, MAX_CHARACTERS).toWellFormed());
      if (ids.length <= maxTokens) return ids;
      return [...ids.slice(0, maxTokens - closing), ...ids.slice(ids.length - closing)];
    },
  };
}

function countClosingTokens(tokenizer: Tokenizer): number {
  const probe = 'a';
  const whole = tokenizer.encode(probe).ids;
  const bare = tokenizer.encode(probe, { add_special_tokens: false }).ids;
  const opening = whole.indexOf(bare[0] ?? -1);
  return opening === -1 ? 0 : whole.length - opening - bare.length;
}
