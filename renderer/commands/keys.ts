import { type CommandId, COMMANDS } from '../../shared/commands.ts';

/** What of a key press decides which keys it stands for. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'
>;

interface Keys {
  readonly ctrl: boolean;
  readonly meta: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  /** As `KeyboardEvent.key` has it, letters in lower case. */
  readonly key: string;
}

/** Names that Electron's accelerators and `KeyboardEvent.key` do not share. */
const KEY_NAMES = new Map([
  ['Up', 'ArrowUp'],
  ['Down', 'ArrowDown'],
  ['Left', 'ArrowLeft'],
  ['Right', 'ArrowRight'],
  ['Esc', 'Escape'],
  ['Space', ' '],
  ['Plus', '+'],
  ['Menu', 'ContextMenu'],
]);

/** What a text field does with Ctrl or Cmd by itself. */
const EDITING = new Set([
  'a',
  'c',
  'v',
  'x',
  'y',
  'z',
  'Backspace',
  'Delete',
  'Home',
  'End',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
]);

/** Whether `CmdOrCtrl` means the Command key here. */
export function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}

/** Whether a key press is one of a command's keys. */
export function isCommand(event: KeyPress, id: CommandId, mac: boolean = isMac()): boolean {
  const command = COMMANDS.find((entry) => entry.id === id);
  return command?.keys.some((keys) => matches(event, keys, mac)) ?? false;
}

/**
 * Whether a key press is what an accelerator such as `CmdOrCtrl+Shift+Z` says. Shift is left open
 * where a character alone is asked for (`?` is another key on each keyboard); a letter or digit
 * with Ctrl or Cmd is found by its place where the keyboard writes no Latin there.
 */
export function matches(event: KeyPress, accelerator: string, mac: boolean): boolean {
  if (event.isComposing) return false;
  const keys = parse(accelerator, mac);
  if (event.ctrlKey !== keys.ctrl || event.metaKey !== keys.meta || event.altKey !== keys.alt) {
    return false;
  }
  const pressed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const bareCharacter = !keys.ctrl && !keys.meta && !keys.alt && /^[^a-z]$/.test(keys.key);
  if (!bareCharacter && event.shiftKey !== keys.shift) return false;
  if (pressed === keys.key) return true;
  const byPlace = (keys.ctrl || keys.meta) && !/^[a-z0-9]$/.test(pressed);
  return byPlace && event.code === codeOf(keys.key);
}

/**
 * Whether a key press goes into the text field that has the focus, where a letter, a digit or an
 * editing key means itself.
 */
export function isTyping(event: KeyPress & Pick<KeyboardEvent, 'target'>): boolean {
  const { target } = event;
  if (!isTextField(target)) return false;
  if (event.key === 'Escape' || /^F\d+$/.test(event.key)) return false;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  // AltGr, which writes characters, comes as Ctrl with Alt.
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return true;
  // What is typed there is one of the screen's own steps, and undone with them.
  if ((key === 'z' || key === 'y') && target.hasAttribute('data-steps')) return false;
  return EDITING.has(key);
}

/** Whether what has the focus takes text, or keys as a text field does. */
export function isTextField(target: unknown): target is HTMLElement {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement ||
      (target instanceof HTMLInputElement &&
        !['checkbox', 'radio', 'range', 'button'].includes(target.type)))
  );
}

function parse(accelerator: string, mac: boolean): Keys {
  const parts = accelerator.split('+');
  const name = parts.at(-1) ?? '';
  const modifiers = new Set(parts.slice(0, -1));
  return {
    ctrl: modifiers.has('Ctrl') || (!mac && modifiers.has('CmdOrCtrl')),
    meta: mac && modifiers.has('CmdOrCtrl'),
    alt: modifiers.has('Alt'),
    shift: modifiers.has('Shift'),
    key: KEY_NAMES.get(name) ?? (name.length === 1 ? name.toLowerCase() : name),
  };
}

function codeOf(key: string): string | null {
  if (/^[a-z]$/.test(key)) return `Key${key.toUpperCase()}`;
  return /^\d$/.test(key) ? `Digit${key}` : null;
}
