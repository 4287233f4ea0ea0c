import path from 'node:path';
import { defineConfig } from 'electron-vite';
import window from './renderer/vite.config.ts';

const electron = path.join(import.meta.dirname, 'electron');

/** The shell, its workers and its preload. */
const shell = {
  main: {
    build: {
      outDir: 'out/main',
      rollupOptions: {
        input: {
          main: path.join(electron, 'shell', 'main.ts'),
          'checkpoint-worker': path.join(electron, 'core', 'db', 'checkpoint-worker.ts'),
          'publish-worker': path.join(electron, 'core', 'cloud', 'publish', 'publish-worker.ts'),
          'practice-worker': path.join(electron, 'practice-cloud', 'worker.ts'),
          worker: path.join(electron, 'core', 'embedding', 'worker', 'main.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload must be one CommonJS file.
      rollupOptions: {
        input: path.join(electron, 'preload.ts'),
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
} as const;

const renderer = {
  ...window,
  build: {
    ...window.build,
    // electron-vite takes a relative folder from where it was started, not from the window's root.
    outDir: path.join(import.meta.dirname, 'out', 'renderer'),
    rollupOptions: { input: path.join(import.meta.dirname, 'renderer', 'index.html') },
  },
};

/**
 * `npm run build`: the desktop application. With VITRINE_BUILD=shell the window is left out; alone it
 * is built by renderer/vite.config.ts.
 */
export default defineConfig(
  process.env['VITRINE_BUILD'] === 'shell' ? shell : { ...shell, renderer },
);
