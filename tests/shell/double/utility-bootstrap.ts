import { pathToFileURL } from 'node:url';

/** Makes a forked Node process look like a utility process from inside, then runs its entry. */
const [entry] = process.argv.slice(2);
if (entry === undefined) throw new Error('no entry to run');
const send = process.send?.bind(process);

Object.defineProperty(process.versions, 'electron', { value: '45.4.1' });
Object.assign(process, {
  parentPort: {
    postMessage: (message: unknown) => {
      if (process.connected) send?.(message);
    },
    on: (_event: 'message', listener: (event: { data: unknown }) => void) =>
      process.on('message', (data) => listener({ data })),
  },
});
// A utility process has no such channel, and does not outlive the application.
delete process.send;
process.on('disconnect', () => process.exit(0));

await import(pathToFileURL(entry).href);
