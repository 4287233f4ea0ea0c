import type { PictureFormat } from './sniff-picture.ts';
import type { Refused } from './embedder.ts';

/** Pictures of more pixels are refused: decoded, they would take over 300 MB. */
export const MAX_PIXELS = 100_000_000;
/** Files of more bytes are refused unread. */
export const MAX_BYTES = 256 * 1024 * 1024;

const FORMAT_WORDS: Partial<
  Record<PictureFormat, { readonly name: string; readonly action: string }>
> = {
  heic: {
    name: 'HEIC',
    action: 'Convert it to JPEG, or let the phone take pictures in the "most compatible" format.',
  },
  svg: {
    name: 'SVG',
    action: 'Export it as PNG: drawings that can carry programs are not opened.',
  },
  pdf: { name: 'PDF', action: 'Export the page as PNG or JPEG.' },
  bmp: { name: 'BMP', action: 'Save it as PNG.' },
  jxl: { name: 'JPEG XL', action: 'Save it as JPEG or PNG.' },
  psd: { name: 'Photoshop', action: 'Export it as PNG or JPEG.' },
};

export function emptyPicture(): Refused {
  return {
    status: 'refused',
    kind: 'picture-empty',
    reason: 'The file has no bytes.',
    action: 'Copy the file again.',
  };
}

export function vanishedPicture(): Refused {
  return {
    status: 'refused',
    kind: 'picture-vanished',
    reason: 'The file was there when the folder was scanned and is gone now.',
    action: 'Put it back, or scan the folder again.',
  };
}

export function truncatedPicture(): Refused {
  return {
    status: 'refused',
    kind: 'picture-truncated',
    reason: 'The picture ends too early.',
    action: 'Copy the file again.',
  };
}

export function unreadablePicture(detail: string): Refused {
  return {
    status: 'refused',
    kind: 'picture-unreadable',
    reason: `The picture cannot be read: ${detail}.`,
    action: 'Open it in a picture editor and save it again, or replace it.',
  };
}

export function unopenedFile(detail: string, action: string): Refused {
  return {
    status: 'refused',
    kind: 'picture-unreadable',
    reason: `The file cannot be opened: ${detail}.`,
    action,
  };
}

export function tooManyBytes(sizeBytes: number): Refused {
  return {
    status: 'refused',
    kind: 'picture-too-large',
    reason: `The file has ${megabytes(sizeBytes)} MB, more than the ${megabytes(MAX_BYTES)} MB allowed.`,
    action: 'Save a smaller version of the picture.',
  };
}

export function tooManyPixels(): Refused {
  return {
    status: 'refused',
    kind: 'picture-too-large',
    reason: `The picture has more than the ${MAX_PIXELS / 1_000_000} million pixels allowed.`,
    action: 'Save a smaller version of the picture.',
  };
}

export function unsupportedPicture(format: PictureFormat): Refused {
  const words = FORMAT_WORDS[format];
  return {
    status: 'refused',
    kind: 'picture-unsupported',
    reason: `The file is ${words?.name ?? format}, which is not supported.`,
    action: words?.action ?? 'Save it as JPEG or PNG.',
  };
}

export function crashingPicture(reason: string): Refused {
  return {
    status: 'refused',
    kind: 'picture-crashed',
    reason: `Reading it ended the process twice (${reason}).`,
    action: 'Open it in a picture editor and save it again, or leave it out.',
  };
}

export function crashingText(reason: string): Refused {
  return {
    status: 'refused',
    kind: 'name-unreadable',
    reason: `Embedding it ended the process twice (${reason}).`,
    action: 'Change the name.',
  };
}

function megabytes(bytes: number): string {
  return Math.ceil(bytes / (1024 * 1024)).toLocaleString('en');
}
