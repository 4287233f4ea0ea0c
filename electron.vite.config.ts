import path from 'node:path';
import { defineConfig } from 'electron-vite';
import renderer from './renderer/vite.config.ts';

const electron = path.join(import.meta.dirname, 'electron');

/** `npm run build`: the desktop application. The window alone is built by renderer/vite.config.ts. */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rollupOptions: {
        input: {
          main: path.join(electron, 'shell', 'main.ts'),
          'checkpoint-worker': path.join(electron, 'core', 'db', 'checkpoint-worker.ts'),
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
  renderer: {
    ...renderer,
    build: {
      ...renderer.build,
      rollupOptions: { input: path.join(import.meta.dirname, 'renderer', 'index.html') },
    },
  },
});
