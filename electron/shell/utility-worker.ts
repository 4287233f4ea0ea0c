import { createInterface } from 'node:readline';
import { utilityProcess } from 'electron';
import type { LaunchWorker, Log } from '../core/ports.ts';
import { builtFile } from './built-file.ts';

/** Starts workers as utility processes: a crash of a model or a picture never takes the window down. */
export function utilityWorker(log: Log): LaunchWorker {
  const entry = builtFile('worker');
  return (name) => {
    const child = utilityProcess.fork(entry, [], { serviceName: `Vitrine ${name}`, stdio: 'pipe' });
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => log('warn', `${name}: ${line}`));
    }
    return {
      get pid() {
        return child.pid;
      },
      post: (message) => child.postMessage(message),
      onMessage: (listener) => child.on('message', listener),
      onExit: (listener) => child.once('exit', (code) => listener(`exit code ${code}`)),
      kill: () => child.kill(),
    };
  };
}
