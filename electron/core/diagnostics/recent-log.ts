import { open } from 'node:fs/promises';
import { z } from 'zod';
import type { Diagnostics } from '../../../shared/contract/diagnostics.ts';
import { redact } from './redact.ts';

const LINES = 20;
const TAIL_BYTES = 256 * 1024;
const LONGEST = 300;

const lineSchema = z.looseObject({
  time: z.string(),
  level: z.enum(['debug', 'info', 'warn', 'error']),
  message: z.string(),
  error: z.string().optional(),
});

/** The last warnings and errors of a log of JSON lines, with what is private taken out. */
export async function readRecentLog(file: string, dataDir: string): Promise<Diagnostics['log']> {
  const text = await readTail(file).catch(() => '');
  return text
    .split('\n')
    .flatMap((line) => parseLine(line))
    .filter(({ level }) => level === 'warn' || level === 'error')
    .slice(-LINES)
    .map(({ time, level, message, error }) => {
      // Of a stack the first line: the others hold paths and little else.
      const [cause = ''] = error?.split('\n') ?? [];
      const whole = cause === '' ? message : `${message}: ${cause}`;
      return { time, level, message: redact(whole, dataDir).slice(0, LONGEST) };
    });
}

function parseLine(line: string): z.infer<typeof lineSchema>[] {
  try {
    return [lineSchema.parse(JSON.parse(line))];
  } catch {
    return []; // the first line of the tail is a half one
  }
}

async function readTail(file: string): Promise<string> {
  await using handle = await open(file, 'r');
  const { size } = await handle.stat();
  const start = Math.max(0, size - TAIL_BYTES);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), { position: start });
  return buffer.toString('utf8', 0, bytesRead);
}
