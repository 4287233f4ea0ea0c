import { setTimeout as delay } from 'node:timers/promises';
import { connectPage } from '../connect-page.ts';
import { runBuilt } from './run-built.ts';

/**
 * A process of its own: starts the built application, opens the sample catalog, and tells its parent
 * how far the pictures are. It never ends by itself.
 */
const [appPath = ''] = process.argv.slice(2);
const electron = await runBuilt(appPath);
let page = electron.windows()[0]?.webContents.page;
while (page === undefined || page === null) {
  const [failure] = electron.dialog.errors;
  if (failure !== undefined) throw new Error(`${failure.title}: ${failure.content}`);
  await delay(20);
  page = electron.windows()[0]?.webContents.page;
}
const { client } = connectPage(page);
await client.catalogs.addSample();
for await (const [catalog] of await client.catalogs.changes()) {
  process.send?.({ items: catalog?.items ?? 0, embedded: catalog?.embedded.image ?? 0 });
}
