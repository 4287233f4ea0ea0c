import path from 'node:path';
import { app } from 'electron';

/** A file of the build that is run by itself: the entry of a thread or a process. */
export function builtFile(
  name: 'worker' | 'checkpoint-worker' | 'publish-worker' | 'practice-worker',
): string {
  return path.join(app.getAppPath(), 'out', 'main', `${name}.js`);
}
