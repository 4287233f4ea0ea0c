import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { waitUntil } from './wait-until.ts';

const JAR =
  process.env['VITRINE_S3MOCK_JAR'] ??
  path.join(process.env['VITRINE_TEST_DATA'] ?? '../shared', 'tools/s3mock/s3mock-5.2.0-exec.jar');

/** Whether Adobe's S3Mock, an S3 Vectors server nobody here wrote, can be started on this machine. */
export const canRunS3Mock = existsSync(JAR) && spawnSync('java', ['-version']).status === 0;

export interface S3Mock extends AsyncDisposable {
  readonly endpoint: string;
}

/** Starts one with nothing in it; takes about eight seconds. */
export async function startS3Mock(): Promise<S3Mock> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const ports = ['--server.port=0', '--http.port=0', `--vectors.http.port=${port}`];
  const mock = spawn('java', ['-Xmx256m', '-jar', JAR, ...ports, '--vectors.https.port=0'], {
    env: { ...process.env, SPRING_PROFILES_ACTIVE: 'vectors' },
    stdio: 'ignore',
  });
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => mock.once('exit', resolve));
    if (mock.exitCode === null && mock.kill('SIGKILL')) await ended;
  };
  try {
    await waitUntil('S3Mock to answer', () => answers(endpoint), 60_000);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, [Symbol.asyncDispose]: stop };
}

async function answers(endpoint: string): Promise<boolean> {
  const headers = { 'content-type': 'application/json' };
  return fetch(`${endpoint}/ListVectorBuckets`, { method: 'POST', headers, body: '{}' }).then(
    (response) => response.ok,
    () => false,
  );
}

/** A port that nobody listened on a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
