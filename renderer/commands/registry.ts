import { type CommandId, COMMANDS } from '../../shared/commands.ts';
import { isMac, isTyping, matches } from './keys.ts';

/** Who answers first: what floats above, then a panel, then the screen, then the window. */
export type CommandScope = 'window' | 'screen' | 'panel';

/** `false` hands the command on to the next one out. */
export type CommandHandler = () => boolean | void;

interface Entry {
  readonly scope: CommandScope;
  readonly handle: CommandHandler;
}

const SCOPES: readonly CommandScope[] = ['panel', 'screen', 'window'];

const handlers = new Map<CommandId, Entry[]>();

/** Answers a command until the returned function is called. */
export function handleCommand(id: CommandId, entry: Entry): () => void {
  handlers.set(id, [entry, ...(handlers.get(id) ?? [])]);
  return () => {
    handlers.set(id, handlers.get(id)?.filter((other) => other !== entry) ?? []);
  };
}

/** Runs a command where it means something now; whether it did. */
export function runCommand(id: CommandId): boolean {
  const entries = handlers.get(id) ?? [];
  const inOrder = SCOPES.flatMap((scope) => entries.filter((entry) => entry.scope === scope));
  return inOrder.some((entry) => entry.handle() !== false);
}

/**
 * Listens for the keys of all commands. What has the focus comes first: a key it has dealt with
 * (`preventDefault`) or that is text for it is no command, and neither is one that a dialog or a
 * menu above the window has got.
 */
export function listenForKeys(): () => void {
  let covered = false;
  const listening = new AbortController();
  const { signal } = listening;
  // Looked at before the key closes what it closes: dialogs listen for Escape while it comes down.
  const look = () => {
    covered = document.querySelector('[role="dialog"], [role="menu"]') !== null;
  };
  const run = (event: KeyboardEvent) => {
    if (covered || event.defaultPrevented || isTyping(event)) return;
    const mac = isMac();
    for (const { id, keys } of COMMANDS) {
      if (keys.some((entry) => matches(event, entry, mac)) && runCommand(id)) {
        event.preventDefault();
        return;
      }
    }
  };
  window.addEventListener('keydown', look, { capture: true, signal });
  window.addEventListener('keydown', run, { signal });
  return () => listening.abort();
}
