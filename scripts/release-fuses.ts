import {
  flipFuses,
  FuseState,
  FuseV1Options,
  FuseVersion,
  getCurrentFuseWire,
} from '@electron/fuses';

/**
 * What a released Electron may not be talked into (electronjs.org/docs/latest/tutorial/fuses). Every
 * fuse is named, so that one that a later Electron adds is not forgotten.
 */
const RELEASE_FUSES: Readonly<Record<FuseV1Options, boolean>> = {
  // Utility processes do not need it; `child_process.fork` would, and nothing here uses that.
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  // End-to-end tests need the inspector: they run on binaries whose fuses are not flipped.
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // The window is served by a scheme of its own, never by file://.
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // WebAssembly (the decoder on Linux) runs with its bounds checks in hardware.
  [FuseV1Options.WasmTrapHandlers]: true,
};

const FUSES = Object.entries(RELEASE_FUSES).map(([fuse, isOn]) => ({
  name: FuseV1Options[Number(fuse)] ?? fuse,
  option: Number(fuse) as FuseV1Options,
  expected: isOn ? FuseState.ENABLE : FuseState.DISABLE,
}));

/** Flips the fuses of a binary (the executable, or the .app on macOS) for release. */
export async function flipReleaseFuses(binary: string): Promise<void> {
  await flipFuses(binary, {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    resetAdHocDarwinSignature: process.platform === 'darwin',
    ...RELEASE_FUSES,
  });
}

/** Reads a binary's fuses back; one line for each that is not as a release wants it. */
export async function findWrongFuses(binary: string): Promise<string[]> {
  const wire = await getCurrentFuseWire(binary);
  return FUSES.flatMap(({ name, option, expected }) => {
    const state = wire[option];
    if (state === expected) return [];
    return [`${name} is ${describe(state)}, not ${describe(expected)}`];
  });
}

function describe(state: FuseState | undefined): string {
  switch (state) {
    case FuseState.ENABLE:
      return 'on';
    case FuseState.DISABLE:
      return 'off';
    case FuseState.REMOVED:
      return 'removed';
    default:
      return 'not there';
  }
}
