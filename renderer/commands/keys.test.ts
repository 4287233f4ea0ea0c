import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../shared/commands.ts';
import en from '../../shared/locales/en.json' with { type: 'json' };
import { capsOf } from './key-caps.ts';
import { isCommand, type KeyPress, matches } from './keys.ts';

function press(key: string, change: Partial<KeyPress> = {}): KeyPress {
  return {
    key,
    code: '',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    isComposing: false,
    ...change,
  };
}

const ctrl = { ctrlKey: true };

describe('matches', () => {
  it('takes CmdOrCtrl for the key of the platform and for that one alone', () => {
    expect(matches(press('k', ctrl), 'CmdOrCtrl+K', false)).toBe(true);
    expect(matches(press('k', { metaKey: true }), 'CmdOrCtrl+K', false)).toBe(false);
    expect(matches(press('k', { metaKey: true }), 'CmdOrCtrl+K', true)).toBe(true);
    expect(matches(press('k', ctrl), 'CmdOrCtrl+K', true)).toBe(false);
    expect(matches(press('k', { ...ctrl, altKey: true }), 'CmdOrCtrl+K', false)).toBe(false);
    expect(matches(press('k'), 'CmdOrCtrl+K', false)).toBe(false);
  });

  it('tells Shift apart for letters and named keys', () => {
    expect(matches(press('Z', { ...ctrl, shiftKey: true }), 'CmdOrCtrl+Shift+Z', false)).toBe(true);
    expect(matches(press('Z', { ...ctrl, shiftKey: true }), 'CmdOrCtrl+Z', false)).toBe(false);
    expect(matches(press('Enter', { shiftKey: true }), 'Enter', false)).toBe(false);
    expect(matches(press('Enter', { shiftKey: true }), 'Shift+Enter', false)).toBe(true);
  });

  it('leaves Shift open for a character, which keyboards write in their own ways', () => {
    expect(matches(press('?', { shiftKey: true }), '?', false)).toBe(true);
    expect(matches(press('/', { shiftKey: true, code: 'Digit7' }), '/', false)).toBe(true);
    expect(matches(press('1', { shiftKey: true }), '1', false)).toBe(true);
  });

  it('finds a letter or digit by its place where the keyboard writes no Latin', () => {
    expect(matches(press('л', { ...ctrl, code: 'KeyK' }), 'CmdOrCtrl+K', false)).toBe(true);
    expect(matches(press('&', { ...ctrl, code: 'Digit1' }), 'CmdOrCtrl+1', false)).toBe(true);
    // A Dvorak keyboard writes a letter there, and that one counts.
    expect(matches(press('t', { ...ctrl, code: 'KeyK' }), 'CmdOrCtrl+K', false)).toBe(false);
    expect(matches(press('&', { code: 'Digit1' }), '1', false)).toBe(false);
  });

  it('knows the names of named keys, and none while a character is composed', () => {
    expect(matches(press('ArrowLeft', { altKey: true }), 'Alt+Left', false)).toBe(true);
    expect(matches(press('Escape'), 'Esc', false)).toBe(true);
    expect(matches(press('Escape', { isComposing: true }), 'Esc', false)).toBe(false);
  });
});

describe('COMMANDS', () => {
  it('have each a name to show', () => {
    expect(Object.keys(en.commands)).toEqual(expect.arrayContaining(COMMANDS.map(({ id }) => id)));
    const sections = COMMANDS.map(({ section }) => section);
    expect(Object.keys(en.keys.sections)).toEqual(expect.arrayContaining(sections));
  });

  it('share no keys, except those of the grid and of the details beside it', () => {
    const all = COMMANDS.filter(({ id }) => !['previousItem', 'nextItem'].includes(id));
    const keys = all.flatMap((command): readonly string[] => command.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('are found by their keys', () => {
    expect(isCommand(press('F10', { shiftKey: true }), 'itemMenu', false)).toBe(true);
    expect(isCommand(press('ContextMenu'), 'itemMenu', false)).toBe(true);
    expect(isCommand(press('Enter'), 'findSimilar', false)).toBe(false);
  });
});

describe('capsOf', () => {
  it('shows what is printed on the keys', () => {
    expect(capsOf('CmdOrCtrl+Shift+Z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(capsOf('CmdOrCtrl+Shift+Z', true)).toEqual(['⌘', '⇧', 'Z']);
    expect(capsOf('Left', false)).toEqual(['←']);
    expect(capsOf('?', true)).toEqual(['?']);
  });
});
