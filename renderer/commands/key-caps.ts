/** Signs of a Mac keyboard (Apple Style Guide, "key combinations"). */
const MAC = new Map([
  ['CmdOrCtrl', '⌘'],
  ['Ctrl', '⌃'],
  ['Alt', '⌥'],
  ['Shift', '⇧'],
  ['Enter', '↩'],
  ['Backspace', '⌫'],
  ['Esc', 'esc'],
]);

const OTHERS = new Map([['CmdOrCtrl', 'Ctrl']]);

const EVERYWHERE = new Map([
  ['Up', '↑'],
  ['Down', '↓'],
  ['Left', '←'],
  ['Right', '→'],
]);

/** What is printed on the keys of an accelerator, one entry a key: `⌘ K`, `Ctrl K`. */
export function capsOf(accelerator: string, mac: boolean): string[] {
  const names = mac ? MAC : OTHERS;
  return accelerator.split('+').map((key) => names.get(key) ?? EVERYWHERE.get(key) ?? key);
}
