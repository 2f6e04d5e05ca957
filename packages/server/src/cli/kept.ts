import { OUTBOX, Outbox } from '../escalation/outbox.ts';
import type { Postgres } from '../ledger/index.ts';
import { KEYS, Keyring } from '../sign-in/keyring.ts';
import { SNAPSHOTS, Snapshots } from '../snapshots/store.ts';
import { takeOver } from '../tables/take-over.ts';
import { openDatabases } from './databases.ts';
import type { Workspace } from './workspace.ts';

/** What a server keeps beside its records and its ledger. */
export interface Kept {
  keyring: Keyring;
  outbox: Outbox;
  snapshots: Snapshots;
  /** What several servers share; absent where all of it is in the store's folder. */
  shared?: Postgres | undefined;
  close(): Promise<void>;
}

/** Opens it. Where it is shared, what the server has kept for itself until now is taken over first. */
export async function openKept({ store, desk }: Workspace, note: (text: string) => void): Promise<Kept> {
  const { databases, shared, close } = openDatabases(store.folder, desk.log);
  const open: { close(): Promise<void> }[] = [];
  const closeAll = async (): Promise<void> => {
    for (const one of open.toReversed()) await one.close();
    await close();
  };
  const opened = <T extends { close(): Promise<void> }>(one: T): T => {
    open.push(one);
    return one;
  };
  try {
    if (shared !== undefined)
      for (const { holds, rows } of await takeOver(store.folder, databases, [KEYS, OUTBOX, SNAPSHOTS]))
        note(`${holds} of this server are shared from now on: ${rows} rows taken over`);
    return {
      keyring: opened(await Keyring.open(databases)),
      outbox: opened(await Outbox.open(databases)),
      snapshots: opened(await Snapshots.open(databases)),
      shared,
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
