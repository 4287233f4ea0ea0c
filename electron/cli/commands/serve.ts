import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import open from 'open';
import { VitrineError } from '../../core/errors.ts';
import { startWebHost } from '../../web/server.ts';
import { installation, withApp, type GlobalOptions } from '../context.ts';
import { interruption } from '../interruption.ts';

interface ServeFlags {
  readonly port: number;
  readonly open: boolean;
  /** `npm run dev`: where Vite serves the window. */
  readonly devServer?: string;
}

export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('open the window in the browser, on this computer only; Ctrl-C ends it')
    .option('--port <n>', 'a fixed port (random by default)', parsePort, 0)
    .option('--no-open', 'print the address only')
    .addOption(new Option('--dev-server <origin>').hideHelp())
    .action(async (flags: ServeFlags, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      const { rendererDir } = installation();
      const { devServer } = flags;
      if (devServer === undefined && !existsSync(path.join(rendererDir, 'index.html'))) {
        throw new VitrineError('INTERNAL', 'The window is not built yet.', {
          action: 'Run npm start, or npm run build first.',
        });
      }
      await withApp(
        options,
        async (app) => {
          const interrupted = interruption();
          const host = await startWebHost({
            app,
            rendererDir,
            devServer,
            log: app.log,
            port: flags.port,
          });
          app.start();
          void app.warmUp().catch(() => undefined);
          const { url } = host;
          process.stdout.write(
            options.json === true
              ? `${JSON.stringify({ url, pid: process.pid })}\n`
              : `Vitrine is at ${url}\n`,
          );
          if (flags.open && hasDisplay()) await open(url).catch(() => undefined);
          if (!interrupted.aborted) await once(interrupted, 'abort');
          await host.close();
        },
        { jobs: ['scan', 'plan', 'embed-image', 'embed-text', 'publish'], host: 'browser' },
      );
    });
}

function hasDisplay(): boolean {
  if (process.env['CI'] !== undefined) return false;
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Infinity;
  if (port > 65_535) throw new InvalidArgumentError('expected a number from 0 to 65535.');
  return port;
}
