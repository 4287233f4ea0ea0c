import type { Command } from 'commander';
import { addBucketCommands } from './buckets.ts';
import { addConnectionCommands } from './connection.ts';
import { addIndexCommands } from './indexes.ts';
import { addLinkCommands } from './link.ts';
import { addPublishCommands } from './publish.ts';
import { addRestoreCommand } from './restore.ts';
import { addVerifyCommand } from './verify.ts';

export function addCloudCommands(program: Command): void {
  const cloud = program
    .command('cloud')
    .description('Amazon S3 Vectors: connect, publish a catalog, keep it in step');
  addConnectionCommands(cloud);
  addBucketCommands(cloud);
  addIndexCommands(cloud);
  addLinkCommands(cloud);
  addPublishCommands(cloud);
  addVerifyCommand(cloud);
  addRestoreCommand(cloud);
}
