import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_AS_OF, demoDesk, type DemoOptions } from '@sama/demo';
import { STARTING_LEXICON } from '@sama/metrics/glossary/lexicon';
import type { HandoffActor } from '@sama/metrics/handoff';
import { compileCalendar } from '@sama/metrics/time';
import { LEDGER_FILE } from '../backup/databases.ts';
import type { LoadedConfig } from '../config/config.ts';
import { createDuckDbEngine } from '../engine/duckdb.ts';
import { stagesOver } from '../engine/over.ts';
import type { Desk } from '../http/answer.ts';
import {
  connectPostgres,
  doorOf,
  Keeper,
  type LedgerDoor,
  type KeeperSetup,
  PostgresShelf,
  type Shelf,
  SqliteShelf,
} from '../ledger/index.ts';
import { sharedAddress, unopened } from './databases.ts';
import { openWorkspace, type Answering, type Place, type Workspace } from './workspace.ts';

/** Who everybody is in development, when nobody is configured. */
const NOBODY: HandoffActor = {
  id: 'nobody-signed-in',
  name: 'Nobody signed in (development)',
  team: 'sales',
  role: 'manager',
};

/** An open ledger, as requests reach it. */
export interface OpenKeeper {
  keeper: Keeper;
  door: LedgerDoor;
  /** Who everybody is in development. */
  actor: HandoffActor;
}

/**
 * Opens the ledger of a workspace's store. With made-up records only, its clock goes on from their end.
 *
 * @throws Error when it cannot be read or was written by a newer Sama.
 */
export async function openKeeper(workspace: Workspace): Promise<OpenKeeper> {
  const { config, store, desk } = workspace;
  const opened = Date.now();
  const isMadeUp = workspace.onlyDemo();
  const { setup, actor } = setupOf(config, isMadeUp);
  const keeper = await Keeper.open(await openShelf(store.folder, desk.log), {
    setup,
    log: desk.log,
    ...(isMadeUp ? { now: () => new Date(Date.parse(DEMO_AS_OF) + Date.now() - opened).toISOString() } : {}),
  });
  return { keeper, door: doorOf(keeper, desk.timeZone), actor };
}

/** The desk of a workspace that answers from its records, or those of others, and what hand-offs say, as soon as it is said. */
export function deskOver({ config, desk, store, lines, outside, pinned }: Workspace, keeper: Keeper): Desk {
  const { stages } = keeper;
  const settled = { engine: keeper.engine(desk.engine, { annotates: false }), dataVersion: desk.dataVersion };
  const dataVersion = () => [desk.dataVersion(), keeper.shownVersion].filter(Boolean).join('-');
  const over =
    outside?.over(stages) ??
    createDuckDbEngine(store, { over: stagesOver(stages, lines), rows: config.given.limits?.rows });
  return {
    ...desk,
    dataVersion,
    settled: { ...settled, asOf: desk.asOf },
    engine: keeper.engine(over),
    // What happened within this minute has happened.
    asOf: () => (pinned ? desk.asOf() : laterOf(desk.asOf(), stages.latest)),
  };
}

/** Opens a workspace to ask questions: with what its ledger says, where it has one. */
export async function openAsking(place: Place, log: (error: unknown) => void): Promise<Answering> {
  const workspace = await openWorkspace(place, log);
  try {
    if (!hasLedger(workspace.store.folder)) return workspace;
    const { keeper } = await openKeeper(workspace);
    return {
      desk: deskOver(workspace, keeper),
      close: async () => {
        await keeper.close();
        await workspace.close();
      },
    };
  } catch (error) {
    await workspace.close();
    throw error;
  }
}

/** Whether a store has a ledger, its own or a shared one. */
export const hasLedger = (folder: string): boolean =>
  sharedAddress() !== undefined || existsSync(join(folder, LEDGER_FILE));

/** The later of two instants, of which the second is in milliseconds. */
export const laterOf = (instant: string, ms: number): string =>
  Date.parse(instant) >= ms ? instant : new Date(ms).toISOString();

/** The ledger of a store's folder, or the one several servers share. */
export async function openShelf(folder: string, log: (error: unknown) => void): Promise<Shelf> {
  const url = sharedAddress();
  if (url === undefined) return SqliteShelf.open(folder);
  const postgres = connectPostgres(url, log);
  try {
    return await PostgresShelf.open(postgres);
  } catch (error) {
    await postgres.close();
    throw unopened('ledger', error);
  }
}

/** Gives an empty ledger the past of the made-up company. */
export async function fillLedger(workspace: Workspace, options: DemoOptions): Promise<void> {
  const { keeper } = await openKeeper(workspace);
  try {
    if (keeper.version > 0) return;
    const { events, leads } = demoDesk(options);
    await keeper.fill(events, leads);
  } finally {
    await keeper.close();
  }
}

/** Staff, promises, hours and words of a configuration; those of the made-up company where there is nothing else. */
export function setupOf({ given }: LoadedConfig, isMadeUp: boolean): { setup: KeeperSetup; actor: HandoffActor } {
  if (isMadeUp && given.handoffs === undefined) {
    // Staff, hours and words of the company are the same whatever its size.
    const { staff, policy, calendars, glossary, readers } = demoDesk({ persons: 100, handoffs: 1 });
    return {
      setup: { staff, policy, calendars, glossary: given.glossary ?? glossary },
      actor: given.actor ?? readers.seller,
    };
  }
  const { staff = { sellers: [], pools: [] }, policy, hours = {} } = given.handoffs ?? {};
  const { lead, ...teams } = hours;
  const calendars = {
    teams: Object.fromEntries(Object.entries(teams).map(([team, calendar]) => [team, compileCalendar(calendar)])),
    ...(lead === undefined ? {} : { lead: compileCalendar(lead) }),
  };
  return {
    setup: {
      staff,
      calendars,
      glossary: given.glossary ?? STARTING_LEXICON,
      ...(policy === undefined ? {} : { policy }),
    },
    actor: given.actor ?? NOBODY,
  };
}
