import { statSync } from 'node:fs';
import path from 'node:path';
import type { App } from 'electron';
import { z } from 'zod';
import { parseSearchLink } from './links.ts';

/** What the system asks us to open: by the command line, a second start, a link, the dock. */
export type Opening =
  | { readonly kind: 'start' }
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'search'; readonly words: string };

const commandLineSchema = z.object({ argv: z.array(z.string()), cwd: z.string() });

/** How a process was started: travels with the single-instance lock to the one that has it. */
export type CommandLine = z.infer<typeof commandLineSchema>;

/** Collects openings from before Electron is ready until somebody takes them. */
export class Openings {
  readonly #appPath: string;
  #waiting: Opening[] = [];
  #take: ((opening: Opening) => void) | null = null;

  /** @param own how this very process was started. */
  constructor(app: App, own: CommandLine) {
    this.#appPath = path.resolve(app.getAppPath());
    this.#addCommandLine(own);
    app.on('open-file', (event, file) => {
      event.preventDefault();
      this.#addArgument(file, own.cwd);
    });
    app.on('open-url', (event, url) => {
      event.preventDefault();
      this.#addArgument(url, own.cwd);
    });
    app.on('second-instance', (_event, argv, cwd, data) => {
      this.#add({ kind: 'start' });
      // Chromium rearranges argv; what the other process sent along is as it was typed.
      const sent = commandLineSchema.safeParse(data);
      this.#addCommandLine(sent.success ? sent.data : { argv, cwd });
    });
  }

  /** Hands over what has come so far, and from now on what comes. */
  deliver(take: (opening: Opening) => void): void {
    this.#take = take;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const opening of waiting) take(opening);
  }

  #addCommandLine({ argv, cwd }: CommandLine): void {
    for (const argument of argv.slice(1)) {
      // In development the first argument is the folder of Vitrine itself.
      const isOurs = path.resolve(cwd, argument) === this.#appPath;
      if (!argument.startsWith('-') && !isOurs) this.#addArgument(argument, cwd);
    }
  }

  #addArgument(argument: string, cwd: string): void {
    const words = parseSearchLink(argument);
    if (words !== null) return this.#add({ kind: 'search', words });
    const folder = path.resolve(cwd, argument);
    const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
    if (isFolder) this.#add({ kind: 'folder', path: folder });
  }

  #add(opening: Opening): void {
    if (this.#take === null) this.#waiting.push(opening);
    else this.#take(opening);
  }
}
