import type { Command } from 'commander';
import type { LedgerDoor } from '../ledger/index.ts';
import { hasLedger, openKeeper } from './keeper.ts';
import type { Terminal } from './terminal.ts';
import { DEFAULT_STORE, logTo, openWorkspace, type Place } from './workspace.ts';

/** The options that say which ledger. */
export function onLedgerOptions(command: Command): Command {
  return command
    .option('--store <folder>', 'where the ledger is (default: .sama)')
    .option('--config <file>', 'configuration (default: sama.config.json when there is one)');
}

/**
 * Works on the ledger of a store, or on the one `SAMA_LEDGER_URL` names, also while a server does.
 *
 * @throws Error where there is none.
 */
export async function onLedger<T>(
  place: Place,
  terminal: Terminal,
  work: (door: LedgerDoor) => T | Promise<T>,
): Promise<T> {
  const folder = place.store ?? DEFAULT_STORE;
  if (!hasLedger(folder))
    throw new Error(`There is no ledger in ${folder}. Name the folder the server runs on: --store.`);
  const workspace = await openWorkspace(place, logTo(terminal));
  try {
    const { keeper, door } = await openKeeper(workspace);
    try {
      return await work(door);
    } finally {
      await keeper.close();
    }
  } finally {
    await workspace.close();
  }
}
