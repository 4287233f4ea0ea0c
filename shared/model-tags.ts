/** Tags by which an index tells whose vectors it holds. */
export const MODEL_TAGS = { id: 'vitrine:model', sha256: 'vitrine:model-sha256' } as const;

const KEYS: readonly string[] = Object.values(MODEL_TAGS);

export function isModelTag(key: string): boolean {
  return KEYS.includes(key);
}
