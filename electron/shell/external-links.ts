import { shell } from 'electron';

/** Where links of ours lead: documentation and sources of models, the console of the cloud. */
const ALLOWED_HOSTS: ReadonlySet<string> = new Set([
  'github.com',
  'huggingface.co',
  'docs.aws.amazon.com',
  'aws.amazon.com',
  'console.aws.amazon.com',
  's3.console.aws.amazon.com',
  'www.electronjs.org',
]);

/** Opens an address in the user's browser if it is https and its host is one of ours. */
export function openExternal(address: string): boolean {
  const url = URL.parse(address);
  if (url === null || url.protocol !== 'https:' || url.port !== '' || url.username !== '') {
    return false;
  }
  if (!ALLOWED_HOSTS.has(url.hostname)) return false;
  void shell.openExternal(url.href).catch(() => undefined);
  return true;
}
