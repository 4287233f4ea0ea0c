import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Native modules (SQLite, sharp, ONNX) are happiest in processes of their own.
    pool: 'forks',
    include: ['{shared,electron,renderer,scripts,tests}/**/*.test.ts'],
    exclude: ['tests/e2e/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
