import type { ContractRouterClient } from '@orpc/contract';
import { appContract, dropContract } from './app.ts';
import { browseContract, catalogContract } from './catalog.ts';
import { cloudContract } from './cloud/contract.ts';
import { collectionsContract } from './collections.ts';
import { ingestContract } from './ingest.ts';
import { modelImportContract, modelsContract } from './models.ts';
import { problemsContract } from './problems.ts';
import { searchContract } from './search.ts';

/** Every call between a window and the core. No channel name exists anywhere else. */
export const contract = {
  app: appContract,
  catalogs: catalogContract,
  browse: browseContract,
  collections: collectionsContract,
  problems: problemsContract,
  ingest: ingestContract,
  search: searchContract,
  models: modelsContract,
  modelImport: modelImportContract,
  drop: dropContract,
  cloud: cloudContract,
};

export type Client = ContractRouterClient<typeof contract>;
