const KEY = 'vitrine.token';

/**
 * The token the host printed, from the address fragment (`#token=…`) or, after a reload, from this
 * tab's session. It is taken out of the address so that it reaches neither history nor a copied
 * link. Null when there is none.
 */
export function takeToken(location: Location, storage: Storage, history: History): string | null {
  const token = readFragment(location.hash);
  if (token === null) return storage.getItem(KEY);
  storage.setItem(KEY, token);
  history.replaceState(null, '', `${location.pathname}${location.search}#/`);
  return token;
}

/** The token in a fragment such as `#token=abc`; null when it holds none. */
export function readFragment(hash: string): string | null {
  const token = new URLSearchParams(hash.replace(/^#\/?/, '')).get('token');
  return token === null || token === '' ? null : token;
}
