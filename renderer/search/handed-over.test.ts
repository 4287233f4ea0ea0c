import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { handingOver, heldFile, holdFile } from './handed-over.ts';

/** A core that has lost its pictures. */
function createCore() {
  const has = new Set<string>();
  return {
    ask: (id: string) => async () => {
      if (!has.has(id)) throw new ORPCError('QUERY_INCOMPLETE', { message: 'Not at hand.' });
      return id;
    },
    take: (id: string) => async () => has.add(id),
  };
}

describe('handingOver', () => {
  it('hands the picture over again when the core has lost it, and asks once more', async () => {
    const core = createCore();
    expect(await handingOver(core.ask('a'), core.take('a'))).toBe('a');
    expect(await handingOver(core.ask('a'), undefined)).toBe('a');
  });

  it('passes on what handing over cannot help', async () => {
    const core = createCore();
    await expect(handingOver(core.ask('a'), undefined)).rejects.toThrow('Not at hand.');
    await expect(handingOver(core.ask('a'), core.take('b'))).rejects.toThrow('Not at hand.');
    const broken = () => Promise.reject(new ORPCError('INTERNAL', { message: 'Broken.' }));
    await expect(handingOver(broken, core.take('a'))).rejects.toThrow('Broken.');
  });
});

describe('holdFile', () => {
  it('keeps the files used last, each under one address', () => {
    const file = (at: number) => new File([String(at)], `${at}.png`);
    const url = holdFile('0', file(0));
    for (let at = 1; at < 101; at += 1) holdFile(String(at), file(at));
    expect(holdFile('0', file(0))).toBe(url);
    holdFile('101', file(101));
    expect(heldFile('0')?.name).toBe('0.png');
    expect(heldFile('1')).toBeUndefined();
    expect(heldFile('101')?.name).toBe('101.png');
  });
});
