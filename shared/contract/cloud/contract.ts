import { connectionContract } from './connection.ts';
import { indexesContract } from './indexes.ts';
import { linkContract } from './link.ts';
import { lookContract } from './look.ts';
import { publishContract } from './publish.ts';
import { verifyContract } from './verify.ts';
import { restoreContract } from './restore.ts';

/** The cloud's part of the contract. */
export const cloudContract = {
  ...connectionContract,
  ...indexesContract,
  ...linkContract,
  ...lookContract,
  ...publishContract,
  ...verifyContract,
  ...restoreContract,
};
