import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * Builds the window alone: `vite build --config renderer/vite.config.ts` in the repository's root
 * writes out/renderer. electron.vite.config.ts uses the same settings for its renderer section.
 */
export default defineConfig({
  root: 'renderer',
  // Relative addresses, so that the same build is served over loopback and by Electron's protocol.
  base: './',
  plugins: [react()],
  // `npm run dev`: hosts fetch from here (core/window/window-files.ts) and pages keep the host's
  // address, so the socket of hot reload needs its own.
  server: {
    host: '127.0.0.1',
    port: 5173,
    strictPort: true,
    hmr: { protocol: 'ws', host: '127.0.0.1', port: 5173 },
  },
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    target: 'es2023',
    // electron-vite leaves it out by default.
    minify: true,
    // The content security policy allows no data: fonts or scripts, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
  },
});
