import { registerHooks } from 'node:module';

/** The packages in which sharp looks for its native build on Linux, glibc and musl. */
const NATIVE_ON_LINUX = /^@img\/sharp-linux(musl)?-/;

/**
 * Whether sharp's native build must not be loaded in this process: inside Electron on Linux its
 * libvips brings a GLib of its own beside the system's that Electron links, and the process crashes
 * (lovell/sharp#4522, electron/electron#46323).
 */
export function needsWasmSharp(
  host: { readonly platform: string; readonly electron: string | undefined } = {
    platform: process.platform,
    electron: process.versions['electron'],
  },
): boolean {
  return host.platform === 'linux' && host.electron !== undefined;
}

/**
 * Makes sharp take its WebAssembly build, by hiding the native one from it: sharp tries one after the
 * other by itself. Call before sharp is imported. Works for `require` too, by which sharp loads them.
 */
export function hideNativeSharp(): void {
  registerHooks({
    resolve(specifier, context, nextResolve) {
      if (NATIVE_ON_LINUX.test(specifier)) {
        throw Object.assign(new Error(`${specifier} is not for this process`), {
          code: 'MODULE_NOT_FOUND',
        });
      }
      return nextResolve(specifier, context);
    },
  });
}
