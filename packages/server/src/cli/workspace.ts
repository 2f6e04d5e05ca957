import { When } from '@sama/metrics/contracts';
import type { Line } from '@sama/metrics/funnel';
import { zone } from '@sama/metrics/time';
import { DEMO_AS_OF } from '@sama/demo';
import * as z from 'zod/mini';
import { loadConfig, type LoadedConfig } from '../config/config.ts';
import { definitionsFor, keptLines, openKeptStore, zoneOf } from '../config/kept.ts';
import { createDuckDbEngine } from '../engine/duckdb.ts';
import { openOutside, type OutsideEngine } from '../engine/open.ts';
import { keepsAll } from '../engine/keep.ts';
import type { Desk } from '../http/answer.ts';
import type { BatchInfo, Store } from '../store/index.ts';
import { errorText, UsageError } from './failure.ts';
import { packageVersion } from './package-version.ts';
import type { Terminal } from './terminal.ts';

/** The folder of records when none is named. */
export const DEFAULT_STORE = '.sama';
/** Milliseconds one question may take. */
const TIME_LIMIT = 30_000;

/** Where a command works and what it assumes. */
export interface Place {
  store?: string;
  config?: string;
  asOf?: string;
  timeZone?: string;
}

/** What answering needs, open until closed. */
export interface Answering {
  desk: Desk;
  close(): Promise<void>;
}

export type OpenWorkspace = (place: Place, log: (error: unknown) => void) => Promise<Answering>;

/** A store with its engine and definitions. */
export interface Workspace extends Answering {
  store: Store;
  config: LoadedConfig;
  /** The database that others fill, where the questions go to one: then nothing is imported here. */
  outside: Pick<OutsideEngine, 'over'> | undefined;
  isEmpty(): boolean;
  /** Whether all records are made up. */
  onlyDemo(): boolean;
  /** The lines its generations keep. */
  lines(): readonly Line[];
  /** Whether answers are true for a moment that was named. */
  pinned: boolean;
  /** The latest event, as an ISO instant; undefined without events. */
  dataThrough(): string | undefined;
  /** Looks at the batches again, after this process has written some. */
  refresh(): Promise<void>;
  /** Builds the data anew when it lacks what the definitions call for, as after a change of the configuration. */
  prepare(): Promise<void>;
}

/** What the batches of a store say. */
interface State {
  empty: boolean;
  /** Some of the records are made up. */
  demo: boolean;
  /** All of them are. */
  onlyDemo: boolean;
  through: string | undefined;
}

/** What is known of a database that others fill, which is not looked at before it is asked. */
const OTHERS: State = { empty: false, demo: false, onlyDemo: false, through: undefined };

/**
 * Opens the store with its configuration. With made-up records, the definitions of the made-up
 * company apply after the configuration's; when there are no others, so do its moment and zone.
 */
export async function openWorkspace(place: Place, log: (error: unknown) => void): Promise<Workspace> {
  check(place);
  const folder = place.store ?? DEFAULT_STORE;
  const config = await loadConfig({ store: folder, ...(place.config === undefined ? {} : { config: place.config }) });
  const store = await openKeptStore(folder, config, place.timeZone);
  const { seconds, rows } = config.given.limits ?? {};
  const timeLimitMs = seconds === undefined ? TIME_LIMIT : seconds * 1000;
  const outside = config.engine.kind === 'duckdb' ? undefined : openOutside(config.engine, { timeLimitMs, rows }, log);
  const look = async (): Promise<State> => (outside === undefined ? stateOf(store) : OTHERS);
  let state = await look();
  let definitions = definitionsFor(config, state);
  const refresh = async (): Promise<void> => {
    const before = state;
    state = await look();
    if (state.demo !== before.demo) definitions = definitionsFor(config, state);
  };
  store.onChange(() => void refresh().catch(log));

  const desk: Desk = {
    engine: outside?.engine ?? createDuckDbEngine(store, { rows }),
    engineName: `${outside?.name ?? 'duckdb'} ${packageVersion()}`,
    definitions: () => definitions,
    dataVersion: () => outside?.dataVersion() ?? store.current()?.dataVersion ?? 'empty',
    asOf: () => place.asOf ?? (state.onlyDemo ? DEMO_AS_OF : thisMinute()),
    timeZone: () => zoneOf(config, state, place.timeZone),
    fiscal: config.given.fiscal,
    exchange: config.given.exchange,
    demo: () => state.demo,
    timeLimitMs,
    log,
  };
  return {
    desk,
    store,
    refresh,
    prepare: async () => {
      if (outside !== undefined) return;
      const kept = await keepsAll((text) => store.reader().all(text), keptLines(config, state, place.timeZone));
      if (!state.empty && !kept) await store.rebuild();
    },
    config,
    outside,
    isEmpty: () => state.empty,
    lines: () => keptLines(config, state, place.timeZone),
    pinned: place.asOf !== undefined,
    onlyDemo: () => state.onlyDemo,
    dataThrough: () => state.through,
    close: async () => {
      await outside?.close();
      await store.close();
    },
  };
}

/** Writes what readers must not see. */
export function logTo(terminal: Terminal): (error: unknown) => void {
  return (error) => terminal.err(`sama: ${errorText(error)}\n`);
}

function check(place: Place): void {
  if (place.asOf !== undefined && !When.safeParse(place.asOf).success) {
    throw new UsageError(`--as-of: ${place.asOf} is neither a day (2026-07-01) nor an instant (2026-07-01T12:00:00Z)`);
  }
  if (place.timeZone === undefined) return;
  try {
    zone(place.timeZone);
  } catch {
    throw new UsageError(`--time-zone: ${place.timeZone} is no time zone; write a name such as Europe/Berlin or UTC`);
  }
}

/** Now, rounded down to the minute: answers of the same minute share their ETag. */
function thisMinute(): string {
  return new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString();
}

async function stateOf(store: Store): Promise<State> {
  const batches: BatchInfo[] = await store.batches();
  const demo = batches.some((batch) => batch.demo);
  return {
    empty: batches.length === 0,
    demo,
    onlyDemo: demo && batches.every((batch) => batch.demo),
    through: batches.length === 0 ? undefined : await latestEvent(store),
  };
}

const Latest = z.object({ at: z.nullable(z.number()) });

async function latestEvent(store: Store): Promise<string | undefined> {
  const [row] = await store.reader().all('SELECT max(at_ms) AS at FROM stage_events');
  const latest = Latest.parse(row ?? { at: null }).at;
  return latest === null ? undefined : new Date(latest).toISOString();
}
