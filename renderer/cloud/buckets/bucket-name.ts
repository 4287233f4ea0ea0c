/** A bucket's name from a catalog's: what may stand in one stays, the rest becomes hyphens. */
export function bucketNameOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, '');
  return slug === '' ? 'vitrine' : `vitrine-${slug}`;
}
