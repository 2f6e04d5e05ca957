import { ACTIVITIES_TABLE, FIGURES_TABLE } from '@sama/sql';

/** Columns of `records` in layers and generations, in order. */
export const RECORD_COLUMNS = [
  ['entity_type', 'VARCHAR'],
  ['id', 'VARCHAR'],
  ['account_id', 'VARCHAR'],
  ['person_id', 'VARCHAR'],
  ['campaign_id', 'VARCHAR'],
  ['amount', 'BIGINT'],
  ['currency', 'VARCHAR'],
  ['owner', 'VARCHAR'],
  ['current_stage', 'VARCHAR'],
  ['attributes', 'JSON'],
  ['batch', 'VARCHAR'],
] as const;

/** Columns of `stage_events` in generations, in order; a layer also has `supersedes`. */
export const EVENT_COLUMNS = [
  ['entity_type', 'VARCHAR'],
  ['entity_id', 'VARCHAR'],
  ['stage', 'VARCHAR'],
  ['at_ms', 'BIGINT'],
  ['at_day', 'DATE'],
  ['system', 'VARCHAR'],
  ['record_id', 'VARCHAR'],
  ['field', 'VARCHAR'],
  ['cause', 'VARCHAR'],
  ['reason', 'VARCHAR'],
  ['actor_team', 'VARCHAR'],
  ['fetched_at_ms', 'BIGINT'],
  ['batch', 'VARCHAR'],
] as const;

/** Columns of `activity_events` in layers and generations, in order. */
export const ACTIVITY_COLUMNS = [
  ['name', 'VARCHAR'],
  ['at_ms', 'BIGINT'],
  ['at_day', 'DATE'],
  ['person_id', 'VARCHAR'],
  ['account_id', 'VARCHAR'],
  ['opportunity_id', 'VARCHAR'],
  ['campaign_id', 'VARCHAR'],
  ['owner', 'VARCHAR'],
  ['amount', 'BIGINT'],
  ['currency', 'VARCHAR'],
  ['attributes', 'JSON'],
  ['system', 'VARCHAR'],
  ['record_id', 'VARCHAR'],
  ['field', 'VARCHAR'],
  ['fetched_at_ms', 'BIGINT'],
  ['batch', 'VARCHAR'],
] as const;

/** Columns of `figures` in layers and generations, in order. */
export const FIGURE_COLUMNS = [
  ['name', 'VARCHAR'],
  ['from_day', 'DATE'],
  ['to_day', 'DATE'],
  ['value', 'DOUBLE'],
  ['currency', 'VARCHAR'],
  ['segment', 'VARCHAR'],
  ['batch', 'VARCHAR'],
] as const;

/** The system of what hand-offs say. */
export const LEDGER_SYSTEM = 'sama';

/** Events that replace what hand-offs say, with what makes them one (rules 1.1 and 1.2 of `docs/how-sama-counts.md`). */
export const CORRECTION_COLUMNS = [
  ['entity_type', 'VARCHAR'],
  ['entity_id', 'VARCHAR'],
  ['stage', 'VARCHAR'],
  ['at_ms', 'BIGINT'],
  ['at_day', 'DATE'],
  ['record_id', 'VARCHAR'],
  ['field', 'VARCHAR'],
  ['supersedes', 'VARCHAR'],
] as const;
/** The table of a generation that holds them. */
export const CORRECTIONS_TABLE = 'ledger_corrections';

type Columns = readonly (readonly [name: string, type: string])[];

/**
 * How columns are compressed where trying everything costs more than it gains. Of ids nearly every
 * value is another one; objects repeat their keys, which zstd does in half the time and space.
 */
const COMPRESSION: ReadonlyMap<string, string> = new Map([
  ['id', 'uncompressed'],
  ['entity_id', 'uncompressed'],
  ['record_id', 'uncompressed'],
  ['attributes', 'zstd'],
]);

const stored = (columns: Columns): string =>
  columns
    .map(([name, type]) => {
      const compression = COMPRESSION.get(name);
      return `${name} ${type}${compression === undefined ? '' : ` USING COMPRESSION ${compression}`}`;
    })
    .join(', ');
const list = (columns: Columns): string => columns.map(([name, type]) => `${name} ${type}`).join(', ');
/** The events of a layer's scratch tables, each column in its type: a writer may hold texts more narrowly. */
export const DRAFT_EVENTS = `(SELECT ${EVENT_COLUMNS.map(([name, type]) => `CAST(${name} AS ${type}) AS ${name}`).join(', ')}, supersedes FROM memory.main.stage_events)`;
export const names = (columns: Columns): string => columns.map(([name]) => name).join(', ');

/** The tables a layer is filled through. */
export const LAYER_TABLES = [
  `CREATE TABLE records (${list(RECORD_COLUMNS)})`,
  `CREATE TABLE stage_events (${list(EVENT_COLUMNS)}, supersedes VARCHAR)`,
  `CREATE TABLE ${ACTIVITIES_TABLE} (${list(ACTIVITY_COLUMNS)})`,
  `CREATE TABLE ${FIGURES_TABLE} (${list(FIGURE_COLUMNS)})`,
];

/** The tables of a generation. */
export const GENERATION_TABLES = [
  `CREATE TABLE stage_events (${stored(EVENT_COLUMNS)})`,
  `CREATE TABLE records (${stored(RECORD_COLUMNS)})`,
  `CREATE TABLE ${ACTIVITIES_TABLE} (${stored(ACTIVITY_COLUMNS)})`,
  `CREATE TABLE ${FIGURES_TABLE} (${stored(FIGURE_COLUMNS)})`,
  `CREATE TABLE batches (batch VARCHAR, seq BIGINT, file VARCHAR, imported_at_ms BIGINT, rows_read BIGINT, rows_kept BIGINT, rows_merged BIGINT, rows_refused BIGINT, records BIGINT, events BIGINT, activities BIGINT, figures BIGINT, content_hash VARCHAR, mapping_hash VARCHAR, demo BOOLEAN)`,
  `CREATE TABLE ${CORRECTIONS_TABLE} (${list(CORRECTION_COLUMNS)})`,
  `CREATE TABLE meta (key VARCHAR, value VARCHAR)`,
];
