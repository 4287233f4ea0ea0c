import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { safeStorage } from 'electron';
import { z } from 'zod';
import { MemorySecretStore, type SecretStore } from '../core/aws/connection.ts';
import { describeError } from '../core/errors.ts';
import type { Log } from '../core/ports.ts';

/** Names, and what the operating system made of the secrets, as base64. */
const fileSchema = z.record(z.string(), z.base64());
type Sealed = z.infer<typeof fileSchema>;

/**
 * Keeps what was typed in beyond this run, encrypted by the operating system for this user. Where
 * that would be no encryption (Linux without a keyring: `basic_text` has a password that everybody
 * knows) it is kept for this run only, and no file is written.
 */
export class SafeSecrets implements SecretStore {
  readonly #file: string;
  readonly #log: Log;
  readonly #session = new MemorySecretStore();
  #lasting: Promise<boolean> | undefined;

  constructor(dataDir: string, log: Log) {
    this.#file = path.join(dataDir, 'secrets.json');
    this.#log = log;
  }

  /** Asked once, when it is needed: the first question may make the system ask for a password. */
  isLasting(): Promise<boolean> {
    this.#lasting ??= isReallyEncrypted().catch((error: unknown) => {
      this.#log('warn', 'The keyring of the system cannot be used', {
        error: describeError(error),
      });
      return false;
    });
    return this.#lasting;
  }

  async get(name: string): Promise<string | null> {
    const held = await this.#session.get(name);
    if (held !== null) return held;
    const sealed = (await this.#read())[name];
    if (sealed === undefined || !(await this.isLasting())) return null;
    try {
      const encrypted = Buffer.from(sealed, 'base64');
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(encrypted);
      // The system has changed its key.
      if (shouldReEncrypt) await this.set(name, result);
      else await this.#session.set(name, result);
      return result;
    } catch (error) {
      // Of another user or computer, or the keyring is locked: typing it in again helps.
      this.#log('warn', 'A stored secret cannot be read', { name, error: describeError(error) });
      return null;
    }
  }

  async set(name: string, secret: string): Promise<void> {
    await this.#session.set(name, secret);
    if (!(await this.isLasting())) return;
    const sealed = (await safeStorage.encryptStringAsync(secret)).toString('base64');
    await this.#write({ ...(await this.#read()), [name]: sealed });
  }

  async delete(name: string): Promise<void> {
    await this.#session.delete(name);
    const { [name]: gone, ...others } = await this.#read();
    if (gone !== undefined) await this.#write(others);
  }

  async #read(): Promise<Sealed> {
    try {
      return fileSchema.parse(JSON.parse(await readFile(this.#file, 'utf8')));
    } catch (error) {
      const isNone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!isNone) this.#log('warn', `${this.#file} is not readable; starting over`);
      return {};
    }
  }

  async #write(sealed: Sealed): Promise<void> {
    const next = `${this.#file}.new`;
    await writeFile(next, `${JSON.stringify(sealed, null, 2)}\n`, { mode: 0o600 });
    await rename(next, this.#file);
  }
}

async function isReallyEncrypted(): Promise<boolean> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return false;
  if (process.platform !== 'linux') return true;
  const backend = safeStorage.getSelectedStorageBackend();
  return backend !== 'basic_text' && backend !== 'unknown';
}
