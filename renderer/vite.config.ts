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
