import { crashReporter } from 'electron';

/** Crash dumps stay on this computer, in the folder that `place-files.ts` names. */
export function keepCrashDumps(): void {
  crashReporter.start({ uploadToServer: false });
}
