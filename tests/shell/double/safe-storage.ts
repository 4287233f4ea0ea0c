import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SafeStorage } from 'electron';
import type { AppDouble } from './app.ts';

type Methods = Pick<
  SafeStorage,
  | 'isAsyncEncryptionAvailable'
  | 'encryptStringAsync'
  | 'decryptStringAsync'
  | 'getSelectedStorageBackend'
>;

/** One user's keyring, which outlives the application. */
const KEY = randomBytes(32);

/** `safeStorage` with a keyring that really encrypts, and the backend of Linux that a test wishes. */
export class SafeStorageDouble implements Methods {
  backend: ReturnType<SafeStorage['getSelectedStorageBackend']> = 'gnome_libsecret';
  /** Whether the system says that its key has changed. */
  shouldReEncrypt = false;
  encrypted = 0;
  readonly #app: AppDouble;

  constructor(app: AppDouble) {
    this.#app = app;
  }

  getSelectedStorageBackend(): ReturnType<SafeStorage['getSelectedStorageBackend']> {
    return this.#app.isReady() ? this.backend : 'unknown';
  }

  async isAsyncEncryptionAvailable(): Promise<boolean> {
    return this.#app.isReady();
  }

  async encryptStringAsync(plainText: string): Promise<Buffer> {
    this.encrypted += 1;
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', KEY, nonce);
    const sealed = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  async decryptStringAsync(encrypted: Buffer): ReturnType<SafeStorage['decryptStringAsync']> {
    const decipher = createDecipheriv('aes-256-gcm', KEY, encrypted.subarray(0, 12));
    decipher.setAuthTag(encrypted.subarray(12, 28));
    const result = decipher.update(encrypted.subarray(28), undefined, 'utf8') + decipher.final();
    return { result, shouldReEncrypt: this.shouldReEncrypt };
  }
}
