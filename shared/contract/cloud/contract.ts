import { connectionContract } from './connection.ts';
import { indexesContract } from './indexes.ts';
import { linkContract } from './link.ts';
import { listingContract } from './listing.ts';
import { lookContract } from './look.ts';
import { publishContract } from './publish.ts';
import { tagsContract } from './tags.ts';
import { verifyContract } from './verify.ts';
import { restoreContract } from './restore.ts';

/** The cloud's part of the contract. */
export const cloudContract = {
  ...connectionContract,
  ...indexesContract,
  ...tagsContract,
  ...linkContract,
  ...lookContract,
  ...publishContract,
  ...verifyContract,
  ...restoreContract,
  ...listingContract,
};
