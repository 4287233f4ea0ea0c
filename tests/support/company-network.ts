import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, request, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import path from 'node:path';

export const canMakeCertificates = spawnSync('openssl', ['version']).status === 0;

export interface CompanyNetwork extends AsyncDisposable {
  /** An address that no name server knows: only the proxy leads there. */
  readonly endpoint: string;
  readonly proxy: string;
  /** The certificate that the endpoint shows, signed by nobody. */
  readonly certificate: string;
  /** What the proxy was asked to connect to, oldest first. */
  readonly connected: readonly string[];
}

const HOST = 's3vectors.company.test';

/** A service behind a proxy (CONNECT, RFC 9110 9.3.6) and a certificate of the company's own. */
export async function startCompanyNetwork(
  dir: string,
  service: { readonly endpoint: string },
): Promise<CompanyNetwork> {
  const certificate = path.join(dir, 'company.pem');
  const key = path.join(dir, 'company.key');
  const ask = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2'.split(
    ' ',
  );
  const name = ['-subj', `/CN=${HOST}`, '-addext', `subjectAltName=DNS:${HOST}`];
  const made = spawnSync('openssl', [...ask, ...name, '-keyout', key, '-out', certificate]);
  if (made.status !== 0) throw new Error(`openssl: ${made.stderr.toString()}`);
  const front = createHttpsServer(
    { key: readFileSync(key), cert: readFileSync(certificate) },
    (incoming, outgoing) => {
      const { method, url, headers } = incoming;
      const onward = request(`${service.endpoint}${url}`, { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.destroy());
      incoming.pipe(onward);
    },
  );
  const port = await listen(front);
  const connected: string[] = [];
  const proxy = createHttpServer((_, answer) => answer.writeHead(405).end());
  proxy.on('connect', ({ url = '' }, client: Socket, head: Buffer) => {
    connected.push(url);
    const server = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      server.write(head);
      server.pipe(client).pipe(server);
    });
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('error', () => other.destroy());
    }
  });
  const proxyPort = await listen(proxy);
  return {
    endpoint: `https://${HOST}`,
    proxy: `http://127.0.0.1:${proxyPort}`,
    certificate,
    connected,
    async [Symbol.asyncDispose]() {
      for (const server of [proxy, front]) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
