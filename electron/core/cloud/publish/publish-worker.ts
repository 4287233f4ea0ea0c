import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { CloudError } from '../../aws/cloud-error.ts';
import { describeError, VitrineError } from '../../errors.ts';
import { LinkRepository } from '../link-repository.ts';
import { comparePage } from '../listing/compare-page.ts';
import type { SentError, ThreadAnswer, ThreadRequest } from './publish-thread.ts';
import { RecordSource } from './record-source.ts';

/** Runs in a thread of its own: see publish-thread.ts. */
const { file } = workerData as { file: string };
const db = new Database(file, { readonly: true });
db.pragma('temp_store = MEMORY');
const source = new RecordSource(db, new LinkRepository(db));

parentPort?.on('message', (request: ThreadRequest | 'stop') => {
  if (request === 'stop') {
    db.close();
    parentPort?.close();
    return;
  }
  const { id } = request;
  try {
    const result = answer(request);
    const body = 'body' in result ? result.body : null;
    post({ id, result }, body === null ? [] : [body.buffer]);
  } catch (error) {
    post({ id, error: toSentError(error) }, []);
  }
});

function answer(request: ThreadRequest) {
  switch (request.kind) {
    case 'next':
      return source.next(request.index, request);
    case 'of':
      return source.of(request.index, request.itemIds);
    case 'gone':
      return { keys: source.gone(request.index, request) };
    case 'leaving':
      return source.leaving(request.index);
    case 'changes':
      return source.changes(request.index);
    case 'compare':
      return comparePage(source, request.index, request);
    case 'keys':
      return { keys: source.keys(request.index, request) };
    case 'wanted': {
      const here = source.records(request.index, request.keys);
      return { keys: request.keys.filter((key) => here.get(key)?.isRefused === false) };
    }
  }
}

function toSentError(error: unknown): SentError {
  const message = describeError(error);
  if (!(error instanceof VitrineError)) return { message };
  const known = { code: error.code, data: error.data };
  return error instanceof CloudError
    ? { message, known, failure: error.failure }
    : { message, known };
}

function post(message: ThreadAnswer, transfer: readonly ArrayBuffer[]): void {
  parentPort?.postMessage(message, transfer);
}
