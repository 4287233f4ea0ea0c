import { createReadStream } from 'node:fs';
import type { CsvEncoding } from './csv-encoding.ts';

/** One line without its end. */
export interface CsvLine {
  /** From 1. */
  readonly number: number;
  /** The whole line, or its start when it is too long. */
  readonly text: string;
  readonly isTooLong: boolean;
}

export interface ReadLinesOptions {
  readonly encoding: CsvEncoding;
  /** Stops after this many bytes (at the end of a piece). */
  readonly maxBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Characters; a field of 1 MB fits well, a file without line ends does not fill the memory. */
export const MAX_LINE_LENGTH = 4 * 1024 * 1024;

const KEPT_OF_TOO_LONG = 1000;
const PIECE_BYTES = 128 * 1024;

/**
 * Reads a text file as lines, a batch at a time, in constant memory. Ends of lines are LF, CRLF, or
 * CR alone (when the first piece holds no LF).
 */
export async function* readLines(
  file: string,
  options: ReadLinesOptions,
): AsyncGenerator<CsvLine[]> {
  const decoder = new TextDecoder(options.encoding);
  const splitter = new LineSplitter();
  const stream: AsyncIterable<Buffer> = createReadStream(file, {
    highWaterMark: PIECE_BYTES,
    ...(options.maxBytes === undefined ? {} : { end: options.maxBytes - 1 }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  for await (const chunk of stream) {
    const lines = splitter.push(decoder.decode(chunk, { stream: true }));
    if (lines.length > 0) yield lines;
  }
  const last = splitter.end(decoder.decode());
  if (last.length > 0) yield last;
}

class LineSplitter {
  #rest = '';
  #number = 0;
  #end: '\n' | '\r' | undefined;
  // While a line that is too long goes on: its start, and nothing more is kept.
  #tooLong: string | undefined;

  push(text: string): CsvLine[] {
    if (this.#end === undefined && text !== '') {
      this.#end = text.includes('\n') || !text.includes('\r') ? '\n' : '\r';
    }
    const all = this.#rest === '' ? text : this.#rest + text;
    const lines: CsvLine[] = [];
    // What is left over was searched before.
    let search = this.#rest.length;
    let from = 0;
    for (;;) {
      const at = all.indexOf(this.#end ?? '\n', search);
      if (at === -1) break;
      lines.push(this.#line(all.slice(from, at)));
      from = search = at + 1;
    }
    this.#rest = from === 0 ? all : all.slice(from);
    if (this.#rest.length > MAX_LINE_LENGTH) {
      this.#tooLong ??= this.#rest.slice(0, KEPT_OF_TOO_LONG);
      this.#rest = '';
    }
    return lines;
  }

  end(text: string): CsvLine[] {
    const lines = this.push(text);
    if (this.#rest !== '' || this.#tooLong !== undefined) lines.push(this.#line(this.#rest));
    this.#rest = '';
    return lines;
  }

  #line(text: string): CsvLine {
    const number = ++this.#number;
    const start = this.#tooLong;
    this.#tooLong = undefined;
    if (start !== undefined) return { number, text: start, isTooLong: true };
    if (text.length > MAX_LINE_LENGTH) {
      return { number, text: text.slice(0, KEPT_OF_TOO_LONG), isTooLong: true };
    }
    const hasCr = text.charCodeAt(text.length - 1) === 13;
    return { number, text: hasCr ? text.slice(0, -1) : text, isTooLong: false };
  }
}
