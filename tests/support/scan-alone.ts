import { scanOptionsSchema } from '../../shared/contract/catalog.ts';
import { CatalogRepository } from '../../electron/core/catalog/catalog-repository.ts';
import { scanCatalog } from '../../electron/core/catalog/scan/scan-catalog.ts';
import { openDatabase } from '../../electron/core/db/database.ts';
import type { ScannedAlone } from './scan-in-process.ts';

/** Runs in a process of its own: see scan-in-process.ts. */
const [, , root = '', dataDir = ''] = process.argv;
const db = openDatabase(dataDir);
const options = scanOptionsSchema.parse({});
const { id } = new CatalogRepository(db).create({ root, isSample: false, options });
const { items, rows, seconds } = await scanCatalog(db, id);
db.close();
// The system's own count of the largest moment, in kilobytes.
const peakBytes = process.resourceUsage().maxRSS * 1024;
process.send!({ items, rows, seconds, peakBytes } satisfies ScannedAlone);
