import { implement } from '@orpc/server';
import { contract } from '../../../shared/contract/index.ts';
import type { App } from '../app.ts';
import { listFolders } from '../catalog/list-folders.ts';
import { clearThumbnails, measureStorage } from '../diagnostics/data-folder.ts';
import { VitrineError } from '../errors.ts';
import type { Log } from '../ports.ts';
import { createCloudRouter } from './cloud-router.ts';
import { createCollectionsRouter } from './collections-router.ts';
import { toWireError } from './wire-error.ts';

/** The contract over an app: each call is one line, the work is the services'. */
export function createRouter(app: App, log: Log) {
  const os = implement(contract).use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      throw toWireError(error, log);
    }
  });
  const { catalogs, browse, problems, ingest, search, queryPictures, models, drops } = app;
  return os.router({
    app: {
      info: os.app.info.handler(() => app.info),
      folders: os.app.folders.handler(({ input }) => {
        if (app.info.folderChooser !== 'ours') {
          throw new VitrineError(
            'INVALID_INPUT',
            'Folders are chosen in the dialog of the system here.',
          );
        }
        return listFolders(input.path);
      }),
      diagnostics: os.app.diagnostics.handler(() => app.diagnostics()),
      storage: os.app.storage.handler(() => measureStorage(app.info.dataDir)),
      clearThumbnails: os.app.clearThumbnails.handler(async () => ({
        freedBytes: await clearThumbnails(app.info.dataDir),
      })),
    },
    catalogs: {
      list: os.catalogs.list.handler(() => catalogs.list()),
      add: os.catalogs.add.handler(async ({ input }) => ({
        catalogId: await catalogs.addChosen(input.path, { name: input.name, scan: input.options }),
      })),
      addSample: os.catalogs.addSample.handler(async () => ({
        catalogId: await catalogs.addSample(),
      })),
      rescan: os.catalogs.rescan.handler(({ input }) => ingest.scan(input.catalogId)),
      rename: os.catalogs.rename.handler(({ input }) =>
        catalogs.rename(input.catalogId, input.name),
      ),
      remove: os.catalogs.remove.handler(({ input }) => catalogs.remove(input.catalogId)),
      changes: os.catalogs.changes.handler(({ signal }) => app.watchCatalogs(signal)),
    },
    browse: {
      items: os.browse.items.handler(({ input }) => browse.items(input)),
      place: os.browse.place.handler(({ input }) => browse.place(input)),
      facets: os.browse.facets.handler(({ input }) => browse.facets(input)),
      folders: os.browse.folders.handler(({ input }) => browse.folders(input.catalogId)),
      item: os.browse.item.handler(({ input }) => browse.item(input.itemId)),
    },
    collections: createCollectionsRouter(app),
    problems: {
      list: os.problems.list.handler(({ input }) => ({
        total: problems.total(input),
        kinds: problems.kinds(input.catalogId),
        problems: problems.list(input),
      })),
      csv: os.problems.csv.handler(({ input }) => [...problems.toCsv(input)].join('')),
      retry: os.problems.retry.handler(({ input }) => ({ queued: ingest.retry(input) })),
    },
    ingest: {
      live: os.ingest.live.handler(({ signal }) => app.watchProgress(signal)),
      pause: os.ingest.pause.handler(({ input }) => ingest.pause(input.catalogId)),
      resume: os.ingest.resume.handler(({ input }) => ingest.resume(input.catalogId)),
      cancel: os.ingest.cancel.handler(({ input }) => ingest.cancel(input.catalogId)),
    },
    search: {
      run: os.search.run.handler(({ input, signal }) => search.run(input, { signal })),
      addPicture: os.search.addPicture.handler(async ({ input }) => {
        const added = await queryPictures.add(new Uint8Array(await input.file.arrayBuffer()));
        search.expect(added.pictureId);
        return added;
      }),
    },
    models: {
      list: os.models.list.handler(() => models.list()),
      verify: os.models.verify.handler(({ input }) => models.verify(input.id)),
      measure: os.models.measure.handler(({ input, signal }) =>
        models.measure(input.id, { signal }),
      ),
      use: os.models.use.handler(({ input }) => models.use(input.id)),
      download: os.models.download.handler(({ input }) => models.download(input.id)),
      pauseDownload: os.models.pauseDownload.handler(({ input }) =>
        models.downloads.pause(input.id),
      ),
      discardDownload: os.models.discardDownload.handler(({ input }) =>
        models.downloads.discard(input.id),
      ),
      live: os.models.live.handler(({ signal }) => app.watchModels(signal)),
    },
    modelImport: {
      begin: os.modelImport.begin.handler(async ({ input }) => ({
        importId: await models.beginImport(input.name, input.sizeBytes),
      })),
      put: os.modelImport.put.handler(async ({ input: { importId, piece } }) =>
        models.putImport(importId, new Uint8Array(await piece.arrayBuffer())),
      ),
      finish: os.modelImport.finish.handler(({ input }) =>
        models.finishImport(input.importId, input.id),
      ),
      abandon: os.modelImport.abandon.handler(({ input }) => models.abandonImport(input.importId)),
    },
    cloud: createCloudRouter(app),
    drop: {
      begin: os.drop.begin.handler(async ({ input }) => ({
        dropId: await drops.begin(input.name),
      })),
      put: os.drop.put.handler(async ({ input: { dropId, path, file } }) => ({
        isTaken: await drops.put(dropId, { path, bytes: new Uint8Array(await file.arrayBuffer()) }),
      })),
      leaveOut: os.drop.leaveOut.handler(({ input }) => drops.leaveOut(input.dropId, input)),
      finish: os.drop.finish.handler(({ input }) => drops.finish(input.dropId)),
      abandon: os.drop.abandon.handler(({ input }) => drops.abandon(input.dropId)),
    },
  });
}
