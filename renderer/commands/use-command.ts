import { useEffect, useEffectEvent } from 'react';
import type { CommandId } from '../../shared/commands.ts';
import { type CommandHandler, type CommandScope, handleCommand } from './registry.ts';

/** Answers a command for as long as the component is there, always with its newest handler. */
export function useCommand(id: CommandId, scope: CommandScope, handler: CommandHandler): void {
  const handle = useEffectEvent(handler);
  useEffect(() => handleCommand(id, { scope, handle: () => handle() }), [id, scope]);
}
