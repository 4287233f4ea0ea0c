import { savePublishCatalog } from './publish-catalog.ts';

/** A process that makes the catalogs of `makePublishCatalogs` and ends. */
const [, , dataDir = '', ...counts] = process.argv;
process.send?.(counts.map((count) => savePublishCatalog(dataDir, Number(count))));
process.disconnect();
