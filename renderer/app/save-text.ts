/** Saves a text as a file, the way the browser saves downloads. `type` is its media type. */
export function saveText(text: string, fileName: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileNameOf(fileName);
  link.click();
  URL.revokeObjectURL(url);
}

/** A name without what one of the three systems refuses in names of files, at most 120 characters. */
export function fileNameOf(name: string): string {
  const dot = name.lastIndexOf('.');
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  const clean = stem
    // oxlint-disable-next-line no-control-regex -- they are what is to be taken out
    .replaceAll(/[\u0000-\u001F<>:"/\\|?*]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 120)
    .trim();
  return `${clean || 'vitrine'}${ending}`;
}
