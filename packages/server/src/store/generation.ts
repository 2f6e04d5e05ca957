import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlText, type Histories } from '@sama/sql';
import { fillActivities, reviseActivities } from './activities.ts';
import { connect, openReadOnly } from './duck.ts';
import { StoreError } from './errors.ts';
import type { LayerSource } from './layer-source.ts';
import type { BatchInfo } from './layers.ts';
import { queryRows } from './rows.ts';
import {
  CORRECTION_COLUMNS,
  CORRECTIONS_TABLE,
  EVENT_COLUMNS,
  GENERATION_TABLES,
  LEDGER_SYSTEM,
  names,
  RECORD_COLUMNS,
} from './schema.ts';
import { SCHEMA_VERSION } from './settings.ts';

/**
 * Adds tables of its own to a generation. The canonical tables stand in the connection's default
 * schema.
 */
export type AfterBuild = (connection: DuckDBConnection, known: KnownOfBuild) => Promise<void>;

/** What is known of a generation beside its tables. */
export interface KnownOfBuild {
  /**
   * A table of `entity_type, entity_id`: the generation is a copy of one that was seen, in which only
   * what is said of these entities may differ.
   */
  changed?: string;
  /** All its events, row by row. */
  histories?: Histories;
}

/** Changes whenever the layers do. */
export function dataVersionOf(layers: readonly BatchInfo[]): string {
  const content = layers.map(({ batch, contentHash, mappingHash }) => [batch, contentHash, mappingHash]);
  return createHash('sha256')
    .update(JSON.stringify([SCHEMA_VERSION, content]))
    .digest('hex')
    .slice(0, 32);
}

/** A generation as a reader finds it. */
export interface CurrentGeneration {
  path: string;
  dataVersion: string;
  /** Rows of the layers that were added or taken out since all layers were read. */
  revised: number;
}

/** What a generation says of itself. Throws when it is not a generation of this schema. */
export async function readGeneration(path: string): Promise<CurrentGeneration> {
  const instance = await openReadOnly(path, { threads: 1 });
  try {
    const connection = await connect(instance);
    const rows = await queryRows(connection, `SELECT key, value FROM meta`);
    connection.closeSync();
    const meta = new Map(rows.map((row) => [row['key'], row['value']]));
    const version = meta.get('data_version');
    if (meta.get('schema_version') !== String(SCHEMA_VERSION) || typeof version !== 'string')
      throw new StoreError('unreadable', `${path} is of another schema`);
    return { path, dataVersion: version, revised: Number(meta.get('revised') ?? 0) };
  } finally {
    instance.closeSync();
  }
}

/** Creates the canonical tables, empty, with their `meta`. */
export async function createTables(connection: DuckDBConnection, layers: readonly BatchInfo[]): Promise<void> {
  for (const statement of GENERATION_TABLES) await connection.run(statement);
  await describeLayers(connection, layers, 0);
}

/** Says in `meta` and `batches` which layers a generation is of. */
async function describeLayers(
  connection: DuckDBConnection,
  layers: readonly BatchInfo[],
  revised: number,
): Promise<void> {
  for (const table of ['meta', 'batches']) await connection.run(`DELETE FROM ${table}`);
  const meta = {
    schema_version: String(SCHEMA_VERSION),
    data_version: dataVersionOf(layers),
    demo: String(layers.some(({ demo }) => demo)),
    revised: String(revised),
  };
  for (const [key, value] of Object.entries(meta))
    await connection.run('INSERT INTO meta VALUES ($1, $2)', [key, value]);
  for (const info of layers) await addBatchRow(connection, info);
}

/**
 * Builds a generation file at `target` from layers, oldest first, and leaves it closed and
 * checkpointed. On failure nothing of it is left.
 */
export async function buildGeneration(
  connection: DuckDBConnection,
  target: string,
  layers: readonly LayerSource[],
  afterBuild: AfterBuild | undefined,
): Promise<void> {
  // The newest format compresses fastest; a generation an older Sama cannot read is rebuilt by it.
  await inGeneration(connection, target, ` (STORAGE_VERSION 'latest')`, async () => {
    await createTables(
      connection,
      layers.map(({ info }) => info),
    );
    await connection.run(`INSERT INTO stage_events ${await eventsSql(connection, layers)}`);
    await keepCorrections(connection, layers);
    await connection.run(`INSERT INTO records ${recordsSql(layers)}`);
    await fillActivities(connection, layers);
    const [only] = layers;
    const histories = layers.length === 1 && only !== undefined && isSimple(only) ? only.histories : undefined;
    await afterBuild?.(connection, histories === undefined ? {} : { histories });
  });
}

/** A layer that was added to the layers of a generation, or taken out of them. */
export interface Revision {
  changed: LayerSource;
  /** What the generation then says of itself. */
  revised: number;
}

/**
 * Brings the copy of a generation at `target` to other layers, oldest first, by reading again what
 * they say of the entities of the one that changed. All rules by which layers become rows are about
 * one entity, so this ends where building anew does. On failure nothing of the copy is left.
 */
export async function reviseGeneration(
  connection: DuckDBConnection,
  target: string,
  layers: readonly LayerSource[],
  { changed, revised }: Revision,
  afterBuild: AfterBuild | undefined,
): Promise<void> {
  await inGeneration(connection, target, '', async () => {
    await describeLayers(
      connection,
      layers.map(({ info }) => info),
      revised,
    );
    await connection.run(
      `CREATE TABLE ${TOUCHED} AS SELECT entity_type, id AS entity_id FROM ${changed.records} UNION SELECT entity_type, entity_id FROM ${changed.events}`,
    );
    await connection.run(`CREATE TABLE ${AFFECTED} AS FROM ${TOUCHED} UNION ${LINKED}`);
    for (const [table, id] of Object.entries(ENTITY_IDS))
      await connection.run(
        `DELETE FROM ${table} USING ${TOUCHED} t WHERE ${table}.entity_type = t.entity_type AND ${table}.${id} = t.entity_id`,
      );
    const again = layers.map(({ records, events, ...rest }) => ({
      ...rest,
      records: touchedRows(records, ENTITY_IDS.records),
      events: touchedRows(events, ENTITY_IDS.stage_events),
    }));
    await connection.run(`INSERT INTO stage_events ${await eventsSql(connection, again)}`);
    await keepCorrections(connection, again);
    await connection.run(`INSERT INTO records ${recordsSql(again)}`);
    await reviseActivities(connection, layers, changed);
    await connection.run(`INSERT INTO ${AFFECTED} ${LINKED} EXCEPT FROM ${AFFECTED}`);
    await afterBuild?.(connection, { changed: AFFECTED });
  });
}

/** Entities a changed layer speaks of. */
const TOUCHED = 'memory.main.touched';
/** Those, and the persons and accounts their opportunities are linked to: events are theirs too (rule 1.5). */
const AFFECTED = 'memory.main.affected';
const ENTITY_IDS = { records: 'id', stage_events: 'entity_id', [CORRECTIONS_TABLE]: 'entity_id' } as const;

const LINKED = ['person', 'account']
  .map(
    (type) =>
      `SELECT '${type}' AS entity_type, r.${type}_id AS entity_id FROM records r SEMI JOIN ${TOUCHED} t ` +
      `ON t.entity_type = r.entity_type AND t.entity_id = r.id WHERE r.entity_type = 'opportunity' AND r.${type}_id IS NOT NULL`,
  )
  .join(' UNION ');

function touchedRows(from: string, id: string): string {
  return `(SELECT l.* FROM ${from} l SEMI JOIN ${TOUCHED} t ON l.entity_type = t.entity_type AND l.${id} = t.entity_id)`;
}

/** Works in the generation file at `target`, then closes it with a checkpoint; removes it on failure. */
async function inGeneration(
  connection: DuckDBConnection,
  target: string,
  options: string,
  work: () => Promise<void>,
): Promise<void> {
  let attached = false;
  try {
    await connection.run(`ATTACH ${sqlText(target)} AS generation${options}`);
    attached = true;
    await connection.run('USE generation');
    await work();
    await connection.run('USE memory');
    await connection.run('DETACH generation');
  } catch (error) {
    if (attached) {
      await connection.run('USE memory');
      await connection.run('DETACH generation');
    }
    await rm(target, { force: true });
    await rm(`${target}.wal`, { force: true });
    throw error;
  } finally {
    for (const table of ['all_events', 'namers', 'repeated', 'touched', 'affected', 'touched_activities'])
      await connection.run(`DROP TABLE IF EXISTS memory.main.${table}`);
  }
}

async function addBatchRow(connection: DuckDBConnection, info: BatchInfo): Promise<void> {
  await connection.run(
    'INSERT INTO batches VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)',
    [
      info.batch,
      info.seq,
      info.file,
      Date.parse(info.importedAt),
      info.rows.read,
      info.rows.kept,
      info.rows.merged,
      info.rows.refused,
      info.records,
      info.events,
      info.activities,
      info.figures,
      info.contentHash,
      info.mappingHash,
      info.demo,
    ],
  );
}

/** The columns by which two events are one (rule 1.2 of `docs/how-sama-counts.md`). */
export const EVENT_IDENTITY = 'entity_type, entity_id, stage, at_ms, at_day, system, record_id, field';

/** Whether every event of a layer by itself counts. */
const isSimple = ({ info: { traits } }: LayerSource): boolean => !traits.doubles && !traits.supersedes;

/** SQL of the events that count, in order: without replaced ones (rule 1.1) and doubles (rule 1.2). */
async function eventsSql(connection: DuckDBConnection, layers: readonly LayerSource[]): Promise<string> {
  const columns = names(EVENT_COLUMNS);
  const [first] = layers;
  if (first === undefined) return `SELECT ${columns} FROM stage_events WHERE false`;
  if (layers.length === 1 && isSimple(first))
    return `SELECT ${columns} FROM ${first.events}${first.info.traits.sorted ? '' : ' ORDER BY entity_type, entity_id'}`;
  const every = layers
    .map(({ events }) => `SELECT *, hash(${EVENT_IDENTITY}) AS identity FROM ${events}`)
    .join(' UNION ALL ');
  await connection.run(`CREATE TABLE memory.main.all_events AS ${every}`);
  let live = 'memory.main.all_events';
  if (layers.some(({ info }) => info.traits.supersedes)) {
    await connection.run(
      'CREATE TABLE memory.main.namers AS SELECT DISTINCT entity_type, entity_id, system, supersedes, identity FROM memory.main.all_events WHERE supersedes IS NOT NULL',
    );
    live =
      `(SELECT e.* FROM ${live} e ANTI JOIN memory.main.namers n ON e.entity_type = n.entity_type AND e.entity_id = n.entity_id ` +
      `AND e.system = n.system AND e.record_id = n.supersedes AND e.identity <> n.identity)`;
  }
  await connection.run(
    `CREATE TABLE memory.main.repeated AS SELECT identity FROM memory.main.all_events GROUP BY identity HAVING count(*) > 1`,
  );
  const once = `SELECT ${columns} FROM ${live} ANTI JOIN memory.main.repeated USING (identity)`;
  const firsts =
    `SELECT ${columns} FROM (SELECT *, row_number() OVER (PARTITION BY ${EVENT_IDENTITY} ORDER BY batch) AS place ` +
    `FROM ${live} SEMI JOIN memory.main.repeated USING (identity)) WHERE place = 1`;
  return `SELECT * FROM (${once} UNION ALL ${firsts}) ORDER BY entity_type, entity_id`;
}

/** Keeps the events that replace what hand-offs say: the ledger is read beside the generation, so it must still find them. */
async function keepCorrections(connection: DuckDBConnection, layers: readonly LayerSource[]): Promise<void> {
  for (const { events, info } of layers)
    if (info.traits.supersedes)
      await connection.run(
        `INSERT INTO ${CORRECTIONS_TABLE} SELECT ${names(CORRECTION_COLUMNS)} FROM ${events} WHERE system = ${sqlText(LEDGER_SYSTEM)} AND supersedes IS NOT NULL`,
      );
}

function recordsSql(layers: readonly LayerSource[]): string {
  const columns = names(RECORD_COLUMNS);
  const [first] = layers;
  if (first === undefined) return `SELECT ${columns} FROM records WHERE false`;
  if (layers.length === 1) return `SELECT ${columns} FROM ${first.records}`;
  const every = layers
    .map(({ records, info }) => `SELECT ${columns}, ${info.seq} AS place FROM ${records}`)
    .join(' UNION ALL ');
  return mergedRecords(`(${every})`);
}

/**
 * SQL of one row for each record: of rows about the same one, each field is the last that says
 * something (by `place`), and attributes are merged key by key.
 */
export function mergedRecords(from: string): string {
  const last = RECORD_COLUMNS.map(([name]) => {
    if (name === 'entity_type' || name === 'id') return name;
    // A null says nothing, so it must not remove what an earlier batch said.
    if (name === 'attributes')
      return `list_reduce(list(json_merge_patch('{}', attributes) ORDER BY place), lambda a, b: json_merge_patch(a, b)) AS attributes`;
    return `arg_max(${name}, place) AS ${name}`;
  }).join(', ');
  return (
    `WITH every AS (SELECT * FROM ${from}), again AS (SELECT entity_type, id FROM every GROUP BY ALL HAVING count(*) > 1) ` +
    `SELECT ${names(RECORD_COLUMNS)} FROM every ANTI JOIN again USING (entity_type, id) ` +
    `UNION ALL SELECT ${last} FROM every SEMI JOIN again USING (entity_type, id) GROUP BY entity_type, id`
  );
}
