import { createHash } from 'node:crypto';
import type { ScanOptions } from '../../../../shared/contract/catalog.ts';
import type { Pacer } from '../../pacer.ts';
import { stemOf } from './picture-files.ts';
import type { Scratch } from './scratch.ts';

const PAGE = 500;

interface FileToName {
  readonly id: number;
  readonly path: string;
  readonly path_nfc: string;
  readonly stem_nfc: string;
  readonly depth: number;
  readonly key: string | null;
  readonly row_key: string | null;
}

/**
 * Gives every picture the key of its item: what a key column says, else the file stem, else (when a
 * picture nearer to the root has that stem) its path without the extension, else its whole path.
 */
export async function assignKeys(scratch: Scratch, pacer: Pacer): Promise<void> {
  // Keys that the user gave go first: a stem must not take one of them.
  const hasKeys = scratch.db.prepare(`SELECT 1 FROM row WHERE key IS NOT NULL LIMIT 1`).get();
  if (hasKeys !== undefined) await assign(scratch, pacer, (file) => file.row_key !== null);
  await assign(scratch, pacer, (file) => file.key === null);
}

async function assign(
  scratch: Scratch,
  pacer: Pacer,
  isDue: (file: FileToName) => boolean,
): Promise<void> {
  const { db } = scratch;
  const page = db.prepare<[number, string], FileToName>(
    `SELECT file.id, file.key, file.path, path_nfc, stem_nfc, depth, row.key AS row_key
     FROM file LEFT JOIN row ON row.file_id = file.id AND row.key IS NOT NULL
     WHERE (file.depth, file.path) > (?, ?)
     ORDER BY file.depth, file.path LIMIT ${PAGE}`,
  );
  const take = db.prepare(`INSERT OR IGNORE INTO taken (key) VALUES (?)`);
  const store = db.prepare(`UPDATE file SET key = ? WHERE id = ?`);
  let last: { depth: number; path: string } = { depth: -1, path: '' };
  for (;;) {
    const files = page.all(last.depth, last.path);
    if (files.length === 0) return;
    for (const file of files) {
      if (!isDue(file)) continue;
      const choices = [
        file.row_key,
        file.stem_nfc,
        stemOf(file.path_nfc),
        file.path_nfc,
        file.path,
      ];
      const key = choices.find((choice) => choice !== null && take.run(choice).changes === 1);
      store.run(key ?? file.path, file.id);
      if (pacer.isDue) await pacer.breathe();
    }
    scratch.written(files.length * 2);
    last = files.at(-1)!;
  }
}

/**
 * Leaves only `size` pictures wanted: those with the smallest hash of seed and key, so the same seed
 * takes the same items whatever the order of the folder, and a larger sample contains the smaller.
 *
 * @returns how many pictures are wanted.
 */
export async function takeSample(
  scratch: Scratch,
  sample: NonNullable<ScanOptions['sample']>,
  pacer: Pacer,
): Promise<number> {
  const { db } = scratch;
  db.exec(`CREATE INDEX IF NOT EXISTS file_by_sample ON file (sample_hash, key)`);
  const page = db.prepare<[number], { id: number; key: string }>(
    `SELECT id, key FROM file WHERE id > ? ORDER BY id LIMIT ${PAGE}`,
  );
  const store = db.prepare(`UPDATE file SET sample_hash = ?, wanted = 0 WHERE id = ?`);
  let lastId = 0;
  for (;;) {
    const files = page.all(lastId);
    if (files.length === 0) break;
    for (const file of files) {
      store.run(sampleHash(sample.seed, file.key), file.id);
      if (pacer.isDue) await pacer.breathe();
    }
    scratch.written(files.length);
    lastId = files.at(-1)!.id;
  }
  const want = db.prepare(
    `UPDATE file SET wanted = 1 WHERE id IN (
       SELECT id FROM file WHERE wanted = 0 ORDER BY sample_hash, key LIMIT ?)`,
  );
  let wanted = 0;
  while (wanted < sample.size) {
    const { changes } = want.run(Math.min(PAGE, sample.size - wanted));
    if (changes === 0) break;
    wanted += changes;
    if (pacer.isDue) await pacer.breathe();
  }
  return wanted;
}

function sampleHash(seed: number, key: string): number {
  // 48 bits: as many as a float64 and an SQLite integer both hold, with room.
  return createHash('sha256').update(`${seed}:${key}`).digest().readUIntBE(0, 6);
}
