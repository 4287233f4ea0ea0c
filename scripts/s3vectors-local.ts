import { parseArgs } from 'node:util';
import { servePracticeCloud } from '../electron/practice-cloud/practice-server.ts';
import type { Faults } from '../electron/practice-cloud/faults.ts';

/** `npm run s3vectors:local`: a strict local Amazon S3 Vectors endpoint in a process of its own. */
const USAGE = `Serves a practice cloud: the wire protocol, limits and errors of Amazon S3 Vectors on this
computer only. Any credentials are good.

  --port <n>          port on 127.0.0.1; a free one when left out
  --data <folder>     keep buckets and vectors there; in memory only when left out
  --region <name>     us-east-1 when left out
  --no-rate-limits    take as many writes a second as this computer can
  --faults <json>     what goes wrong, such as {"rates":{"TooManyRequestsException":0.1,"drop-after":0.05}}
  --seed <n>          the same faults again for the same requests`;

try {
  await main();
} catch (error) {
  console.error(`${(error as Error).message}\n\n${USAGE}`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      data: { type: 'string' },
      region: { type: 'string' },
      'no-rate-limits': { type: 'boolean' },
      faults: { type: 'string' },
      seed: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    console.log(USAGE);
    return;
  }
  const unlimited = { writeRequestsPerSecond: Infinity, writeVectorsPerSecond: Infinity };
  const server = await servePracticeCloud({
    port: wholeNumber('--port', values.port),
    dataDir: values.data,
    region: values.region,
    limits: values['no-rate-limits'] === true ? unlimited : {},
    faults: faultsOf(values.faults),
    seed: wholeNumber('--seed', values.seed),
  });
  console.log(`S3 Vectors practice cloud (${server.region}): http://127.0.0.1:${server.port}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.stop());
  }
}

function wholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new Error(`${option} takes a whole number, not "${text}"`);
  return Number(text);
}

function faultsOf(text: string | undefined): Faults {
  if (text === undefined) return {};
  try {
    return JSON.parse(text) as Faults;
  } catch (error) {
    throw new Error('--faults takes JSON, in quotes that keep the shell away from it', {
      cause: error,
    });
  }
}
