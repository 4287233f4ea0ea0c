export interface HostFacts {
  readonly args: readonly string[];
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** Whether this process is root, where there is such a thing. */
  readonly isRoot: boolean;
}

/** These belong to the browser host: whoever gives one wants it. */
const BROWSER_FLAGS = ['--browser', '--port', '--no-open', '--json'];

/** Why `npm start` opens the browser host without looking for Electron; null when it should look. */
export function reasonForBrowser({ args, platform, env, isRoot }: HostFacts): string | null {
  const flag = args.find((arg) => BROWSER_FLAGS.includes(arg.split('=')[0] ?? ''));
  if (flag !== undefined) return `asked for by ${flag}`;
  if (platform !== 'linux') return null;
  const hasDisplay = Boolean(env['DISPLAY'] ?? '') || Boolean(env['WAYLAND_DISPLAY'] ?? '');
  if (!hasDisplay) return 'there is no display for a desktop window';
  return isRoot ? 'Electron keeps its sandbox, which root cannot have' : null;
}
