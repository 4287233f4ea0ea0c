import { defineConfig } from '@playwright/test';

/** Two projects over the same specs: the browser host in Chromium, and the shell in real Electron. */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
  // One core runs the models, the other the window.
  workers: 1,
  fullyParallel: false,
  reporter: 'list',
  outputDir: 'test-results',
  use: { trace: 'retain-on-failure' },
  projects: [{ name: 'browser' }, { name: 'electron' }],
});
