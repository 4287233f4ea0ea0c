import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { childrenOf, isAlive } from '../support/child-processes.ts';
import { drawProducts } from '../support/draw-products.ts';
import { readRows, readVectors } from '../support/read-database.ts';
import { temporaryFolder } from '../support/test-app.ts';
import { waitUntil } from '../support/wait-until.ts';
import { buildApplication } from './built-application.ts';
import type { BrowserWindowDouble } from './double/browser-window.ts';
import { runEntry, startTestShell, type TestShell } from './test-shell.ts';

const RUN_UNTIL_KILLED = path.join(import.meta.dirname, 'double', 'run-until-killed.ts');
/** For the models, on a machine that has other things to do. */
const PATIENCE_MS = 150_000;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let appPath: string;
let dataDir: string;
let runs = 0;

beforeAll(async () => {
  folder = await temporaryFolder();
  appPath = path.join(folder.path, 'application');
  await buildApplication(appPath);
});
afterAll(() => folder[Symbol.asyncDispose]());
beforeEach(() => {
  dataDir = path.join(folder.path, `data-${(runs += 1)}`);
});

async function openShop(shell: TestShell): Promise<void> {
  const shop = path.join(folder.path, 'Corner shop');
  await drawProducts(shop, 60);
  shell.electron.dialog.folder = shop;
  await shell.client.catalogs.add({ path: (await shell.page.bridge.chooseFolder()) ?? '' });
  await waitUntil('the work', () => shell.electron.powerSaveBlocker.active.size === 1);
}

describe('quitting', () => {
  test('while the page still loads is no failed start', async () => {
    const { electron, forgetProcess } = await runEntry({ appPath, dataDir });
    electron.app.once('browser-window-created', (_event, created: BrowserWindowDouble) =>
      setImmediate(() => (process.platform === 'darwin' ? electron.app.quit() : created.close())),
    );
    expect(await electron.app.ended).toBe(0);
    expect(electron.dialog.errors).toEqual([]);
    forgetProcess();
  });

  test('at rest ends at once, and nothing stays behind', async () => {
    const shell = await startTestShell({ appPath, dataDir });
    const workers = childrenOf(process.pid);
    await shell[Symbol.asyncDispose]();
    expect(shell.electron.dialog.asked).toEqual([]);
    await waitUntil('the workers to end', () => !workers.some(isAlive));
  });

  test('opens again when it is started while it stops', async () => {
    const shell = await startTestShell({ appPath, dataDir });
    const { app } = shell.electron;
    app.once('will-quit', () => app.emit('second-instance', {}, ['vitrine', '/a folder'], '/'));
    await shell[Symbol.asyncDispose]();
    expect(app.relaunches).toEqual([{ args: ['/a folder'] }]);
  });

  test('asks while an ingest is at work, and says that it goes on', async () => {
    await using shell = await startTestShell({ appPath, dataDir });
    const { app, dialog } = shell.electron;
    await openShop(shell);

    dialog.answer = () => ({ button: 'Keep running' });
    app.quit();
    await waitUntil('the question', () => dialog.asked.length === 1);
    expect(dialog.asked[0]).toMatchObject({
      buttons: ['Quit', 'Keep running'],
      detail: expect.stringContaining('goes on the next time') as string,
    });
    expect(shell.electron.windows()).toHaveLength(1);
    expect((await shell.client.app.info()).host).toBe('electron');

    // Closing the last window is quitting, except on macOS.
    if (process.platform !== 'darwin') shell.window.close();
    else app.quit();
    await waitUntil('the second question', () => dialog.asked.length === 2);
    expect((await shell.client.app.info()).host).toBe('electron');
    expect(shell.electron.windows()).toHaveLength(1);

    dialog.answer = () => ({ button: 'Quit', checked: true });
    app.quit();
    expect(await app.ended).toBe(0);
    expect(dialog.asked).toHaveLength(3);
    const [left] = readRows<{ jobs: number }>(
      dataDir,
      `SELECT count(*) AS jobs FROM job WHERE state = 'queued'`,
    );
    expect(left?.jobs).toBeGreaterThan(0);
  });

  test('does not ask again when told so', async () => {
    {
      await using shell = await startTestShell({ appPath, dataDir });
      await openShop(shell);
      shell.electron.dialog.answer = () => ({ button: 'Quit', checked: true });
      shell.electron.app.quit();
      await shell.electron.app.ended;
    }
    await using again = await startTestShell({ appPath, dataDir });
    await waitUntil(
      'the work',
      () => again.electron.powerSaveBlocker.active.size === 1,
      PATIENCE_MS,
    );
    again.electron.app.quit();
    expect(await again.electron.app.ended).toBe(0);
    expect(again.electron.dialog.asked).toEqual([]);
  });
});

test(
  'the built application, killed in the middle of the sample, goes on with the next start',
  { timeout: PATIENCE_MS * 2 },
  async () => {
    const killed = fork(RUN_UNTIL_KILLED, [appPath], {
      env: { ...process.env, VITRINE_DATA_DIR: dataDir },
      execArgv: [],
    });
    const { embedded, items } = await reached(killed, 40);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect(embedded).toBeLessThan(items);
    const before = new Map(readVectors(dataDir).map((row) => [`${row.modality} ${row.key}`, row]));

    await using shell = await startTestShell({ appPath, dataDir });
    expect(shell.log()).toContain('Going on where a stopped process left off');
    const catalog = await waitUntil(
      'the end of ingest',
      async () => {
        const [one] = await shell.client.catalogs.list();
        if (one === undefined || one.embedded.image < one.images - one.problems) return null;
        return one.embedded.text > 400 ? one : null;
      },
      PATIENCE_MS,
    );
    expect(catalog.embedded.image).toBeGreaterThan(400);
    const after = readVectors(dataDir);
    expect(new Set(after.map((row) => `${row.modality} ${row.key}`)).size).toBe(after.length);
    expect(after.length).toBe(catalog.embedded.image + catalog.embedded.text);
    for (const row of after) {
      const known = before.get(`${row.modality} ${row.key}`);
      if (known !== undefined && !known.vector.equals(row.vector)) {
        throw new Error(`The vector of ${row.key} was made twice.`);
      }
    }
    const found = await shell.client.search.run({
      catalogId: catalog.id,
      mode: 'text',
      text: 'a floral summer dress',
    });
    expect(found.results[0]?.item.name).toMatch(/dress/i);
  },
);

/** Waits until the child has embedded so many pictures. */
function reached(
  child: ChildProcess,
  pictures: number,
): Promise<{ items: number; embedded: number }> {
  return new Promise((resolve, reject) => {
    child.on('message', (progress: { items: number; embedded: number }) => {
      if (progress.embedded >= pictures) resolve(progress);
    });
    child.on('exit', (code) => reject(new Error(`The application ended by itself (${code}).`)));
  });
}
