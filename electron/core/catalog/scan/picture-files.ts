/** File extensions that are embedded (the first frame of animated ones). */
const PICTURES = new Set(['jpg', 'jpeg', 'png', 'webp', 'avif', 'tiff', 'tif', 'gif']);

/** Pictures that are not read, and what to do about them. */
const UNSUPPORTED = new Map<string, { format: string; action: string }>([
  ...each(['heic', 'heif', 'hif'], {
    format: 'HEIC, the format of iPhone cameras, whose codec is patented',
    action: 'Export it as JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible)',
  }),
  ...each(['svg', 'svgz'], {
    format: 'SVG, a drawing that may run scripts and load files',
    action: 'Export it as PNG',
  }),
  ...each(['pdf', 'ai', 'eps', 'ps'], {
    format: 'a document, not a picture',
    action: 'Export the page as PNG or JPEG',
  }),
  ...each(['bmp', 'dib', 'ico', 'tga', 'pcx', 'jp2', 'j2k', 'jpf', 'jxl', 'jxr'], {
    format: 'a picture format that is not read here',
    action: 'Convert it to PNG or JPEG',
  }),
  ...each(['psd', 'psb', 'xcf', 'kra', 'indd', 'sketch', 'fig'], {
    format: 'the project file of a drawing program',
    action: 'Export it as PNG or JPEG',
  }),
  ...each(['cr2', 'cr3', 'nef', 'arw', 'dng', 'orf', 'rw2', 'raf', 'pef', 'srw'], {
    format: 'a camera raw file, which has to be developed first',
    action: 'Export it as JPEG',
  }),
  ...each(['exr', 'hdr', 'dds'], {
    format: 'a high dynamic range or texture format',
    action: 'Export it as PNG or JPEG',
  }),
]);

export type FileClass =
  | { readonly kind: 'picture' }
  | { readonly kind: 'csv' }
  | { readonly kind: 'unsupported'; readonly reason: string; readonly action: string }
  | { readonly kind: 'other' };

/** Tells by its extension what a file is to a catalog. */
export function classifyFile(name: string): FileClass {
  const extension = extensionOf(name).toLowerCase();
  if (PICTURES.has(extension)) return { kind: 'picture' };
  if (extension === 'csv' || extension === 'tsv') return { kind: 'csv' };
  const unsupported = UNSUPPORTED.get(extension);
  if (unsupported === undefined) return { kind: 'other' };
  return {
    kind: 'unsupported',
    reason: `.${extension} is ${unsupported.format}`,
    action: unsupported.action,
  };
}

/** Whether a text ends like the name of a picture file. */
export function looksLikePicture(text: string): boolean {
  return PICTURES.has(extensionOf(text).toLowerCase());
}

/** The name of a file without its extension. */
export function stemOf(name: string): string {
  const extension = extensionOf(name);
  return extension === '' ? name : name.slice(0, -extension.length - 1);
}

function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= name.lastIndexOf('/') + 1 ? '' : name.slice(dot + 1);
}

function each<T>(extensions: readonly string[], value: T): [string, T][] {
  return extensions.map((extension) => [extension, value]);
}
