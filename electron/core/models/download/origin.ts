import { VitrineError } from '../../errors.ts';

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Where models are fetched from instead of the manifest's hosts: a company's mirror. */
export const MIRROR_VARIABLE = 'VITRINE_MODEL_MIRROR';

/** Whether an address may be asked for a model at all. */
export function isTrustworthy(url: URL, options: { readonly loopbackToo: boolean }): boolean {
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && options.loopbackToo && isLoopback(url);
}

export function isLoopback(url: URL): boolean {
  return LOOPBACK.has(url.hostname);
}

/**
 * The address a file is fetched from: the manifest's, or the same path under the mirror, as mirrors
 * of Hugging Face have it (`HF_ENDPOINT` works the same way).
 *
 * @throws VitrineError INVALID_INPUT when the mirror is neither https nor on this computer.
 */
export function downloadAddress(manifestUrl: string, mirror: string | undefined): URL {
  const url = new URL(manifestUrl);
  if (mirror === undefined || mirror === '') return url;
  const base = URL.parse(mirror.endsWith('/') ? mirror : `${mirror}/`);
  if (base === null || !isTrustworthy(base, { loopbackToo: true })) {
    throw new VitrineError(
      'INVALID_INPUT',
      `${MIRROR_VARIABLE} is ${mirror}, which is no address to use.`,
      {
        action: 'Give an https:// address; http:// is allowed for this computer only.',
        subject: MIRROR_VARIABLE,
      },
    );
  }
  const address = new URL(`.${url.pathname}`, base);
  address.search = url.search;
  return address;
}
