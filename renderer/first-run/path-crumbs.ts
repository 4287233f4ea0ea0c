export interface Crumb {
  readonly name: string;
  readonly path: string;
}

/** The folders on the way to a path, outermost first; both kinds of slash, the root left out. */
export function crumbsOf(path: string): Crumb[] {
  const separator = path.includes('\\') ? '\\' : '/';
  const crumbs: Crumb[] = [];
  let at = path.startsWith(separator) ? '' : null;
  for (const name of path.split(separator).filter((part) => part !== '')) {
    at = at === null ? name : `${at}${separator}${name}`;
    // A bare drive letter means that drive's current folder; its root has the slash.
    crumbs.push({ name, path: at.endsWith(':') ? `${at}${separator}` : at });
  }
  return crumbs;
}
