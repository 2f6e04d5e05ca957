import type { CommandOutcome } from '../contracts/index.ts';

/** What a source says to a command that keeps no ledger. */
export const readOnly = async (): Promise<CommandOutcome> => ({
  status: 'refused',
  message: 'This source is only read.',
});
