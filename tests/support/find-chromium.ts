import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** A Chromium to drive: the one named by VITRINE_CHROMIUM, Playwright's own, or the system's. */
export function findChromium(): string | null {
  const named = process.env['VITRINE_CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  return [chromium.executablePath(), ...SYSTEM].find((file) => existsSync(file)) ?? null;
}
