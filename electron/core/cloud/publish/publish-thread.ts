import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ErrorCode, ErrorData } from '../../../../shared/contract/errors.ts';
import { CloudError, type CloudFailure } from '../../aws/cloud-error.ts';
import { VitrineError } from '../../errors.ts';
import type { LinkedIndex } from '../link-repository.ts';
import type { ComparedPage } from '../listing/compare-page.ts';
import type { Batch } from './batch-writer.ts';
import type { Leaving } from './leaving.ts';
import type { IndexChanges } from './record-source.ts';

/** Where the thread's file lies in a checkout; a bundle says where its own lies. */
const SOURCE = new URL('publish-worker.ts', import.meta.url);

export type ThreadRequest = { readonly id: number; readonly index: LinkedIndex } & (
  | { readonly kind: 'next'; readonly after: number; readonly maxVectors: number }
  | { readonly kind: 'of'; readonly itemIds: readonly number[] }
  | { readonly kind: 'gone'; readonly after: string; readonly limit: number }
  | { readonly kind: 'leaving' }
  | { readonly kind: 'changes' }
  | { readonly kind: 'compare'; readonly body: Uint8Array; readonly withVectors: boolean }
  | { readonly kind: 'keys'; readonly after: string; readonly limit: number }
  | { readonly kind: 'wanted'; readonly keys: readonly string[] }
);

export type ThreadAnswer =
  | {
      readonly id: number;
      readonly result: Batch | IndexChanges | Leaving | ComparedPage | { readonly keys: string[] };
    }
  | { readonly id: number; readonly error: SentError };

/** What is left of an error that goes to another thread: its class does not arrive there. */
export interface SentError {
  readonly message: string;
  /** Of a VitrineError. */
  readonly known?: { readonly code: ErrorCode; readonly data: ErrorData };
  /** Of a CloudError. */
  readonly failure?: CloudFailure;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Compares catalogs with ledgers and writes requests in a thread of its own, which reads the database
 * by itself: two indexes at full speed are three million numbers a second, no work for the thread
 * that answers windows. It starts with the first question.
 */
export class PublishThread {
  readonly #file: string;
  readonly #entry: URL | string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #lastId = 0;

  /** @param file the database's, not one in memory */
  constructor(file: string, { entry = SOURCE }: { entry?: URL | string | undefined } = {}) {
    this.#file = file;
    this.#entry = entry;
  }

  next(index: LinkedIndex, options: { after: number; maxVectors: number }): Promise<Batch> {
    return this.#ask({ kind: 'next', index, ...options });
  }

  of(index: LinkedIndex, itemIds: readonly number[]): Promise<Batch> {
    return this.#ask({ kind: 'of', index, itemIds });
  }

  async gone(index: LinkedIndex, options: { after: string; limit: number }): Promise<string[]> {
    const { keys } = await this.#ask<{ keys: string[] }>({ kind: 'gone', index, ...options });
    return keys;
  }

  leaving(index: LinkedIndex): Promise<Leaving> {
    return this.#ask({ kind: 'leaving', index });
  }

  changes(index: LinkedIndex): Promise<IndexChanges> {
    return this.#ask({ kind: 'changes', index });
  }

  /** @param page.body an answer to ListVectors, which is the thread's from now on */
  compare(
    index: LinkedIndex,
    page: { body: Uint8Array<ArrayBuffer>; withVectors: boolean },
  ): Promise<ComparedPage> {
    return this.#ask({ kind: 'compare', index, ...page }, [page.body.buffer]);
  }

  /** Keys of the catalog with a vector for the index, after `after`, in order. */
  async keys(index: LinkedIndex, options: { after: string; limit: number }): Promise<string[]> {
    const { keys } = await this.#ask<{ keys: string[] }>({ kind: 'keys', index, ...options });
    return keys;
  }

  /** Those of these keys that the index should hold. */
  async wanted(index: LinkedIndex, among: readonly string[]): Promise<string[]> {
    const { keys } = await this.#ask<{ keys: string[] }>({ kind: 'wanted', index, keys: among });
    return keys;
  }

  async stop(): Promise<void> {
    const worker = this.#worker;
    if (worker === undefined) return;
    const ended = once(worker, 'exit').catch(() => undefined);
    // Waiting for it must keep the process alive, which the thread alone does not.
    worker.ref();
    worker.postMessage('stop');
    await ended;
  }

  #ask<T>(request: WithoutId<ThreadRequest>, transfer: readonly ArrayBuffer[] = []): Promise<T> {
    const worker = (this.#worker ??= this.#start());
    const id = ++this.#lastId;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: (result) => resolve(result as T), reject });
      worker.ref();
      worker.postMessage({ ...request, id }, transfer);
    });
  }

  #start(): Worker {
    const worker = new Worker(this.#entry, { workerData: { file: this.#file } });
    worker.unref();
    worker.on('message', (answer: ThreadAnswer) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (this.#waiting.size === 0) worker.unref();
      if ('error' in answer) waiting?.reject(toError(answer.error));
      else waiting?.resolve(answer.result);
    });
    const end = (error: Error) => {
      // One that failed ends a moment later, when another may be at work already.
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
    };
    worker.on('error', end);
    worker.on('exit', () => end(new Error('the publishing thread has ended')));
    return worker;
  }
}

function toError({ message, known, failure }: SentError): Error {
  if (known === undefined) return new Error(message);
  const { code, data } = known;
  return failure === undefined
    ? new VitrineError(code, message, data)
    : new CloudError(failure, code, { ...data, message });
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;
