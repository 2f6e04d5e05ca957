import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { ACTIVITIES_TABLE, FIGURES_TABLE, sqlText } from '@sama/sql';
import { sync } from './files.ts';
import { ACTIVITY_IDENTITY, FIGURE_IDENTITY } from './activities.ts';
import { EVENT_IDENTITY, mergedRecords } from './generation.ts';
import type { BatchInfo } from './layers.ts';
import { ACTIVITIES_FILE, BATCH_FILE, EVENTS_FILE, FIGURES_FILE, RECORDS_FILE } from './layout.ts';
import { queryNumber } from './rows.ts';

/** What is measured of the filled tables before they become a layer. */
export type LayerFacts = Pick<BatchInfo, 'records' | 'events' | 'activities' | 'figures' | 'traits'>;

/** What a writer knows of the tables it has filled, so that it need not be measured. */
export interface KnownFacts {
  /** `records` has each entity once. */
  unique?: boolean;
  /** No two events are one. */
  distinct?: boolean;
  /** Events stand in the order of entity type and id. */
  sorted?: boolean;
  /** No two activities are one. */
  activities?: boolean;
  /** No two figures are of the same name, days and segment. */
  figures?: boolean;
}

/** Makes the records, activities and figures of the scratch tables unique and says what a generation must know of them. */
export async function inspectLayer(connection: DuckDBConnection, known: KnownFacts = {}): Promise<LayerFacts> {
  const repeated =
    known.unique === true
      ? 0
      : await queryNumber(
          connection,
          'SELECT count(*) FROM (SELECT 1 FROM records GROUP BY entity_type, id HAVING count(*) > 1)',
        );
  if (repeated > 0) {
    await connection.run(`CREATE TABLE merged AS ${mergedRecords('(SELECT *, rowid AS place FROM records)')}`);
    await connection.run('DROP TABLE records');
    await connection.run('ALTER TABLE merged RENAME TO records');
  }
  if (known.activities !== true) await keepOne(connection, ACTIVITIES_TABLE, ACTIVITY_IDENTITY, 'min');
  if (known.figures !== true) await keepOne(connection, FIGURES_TABLE, FIGURE_IDENTITY, 'max');
  const doubles =
    known.distinct === true
      ? 0
      : await queryNumber(
          connection,
          `SELECT count(*) FROM (SELECT 1 FROM stage_events GROUP BY hash(${EVENT_IDENTITY}) HAVING count(*) > 1)`,
        );
  const supersedes = await queryNumber(connection, 'SELECT count(*) FROM stage_events WHERE supersedes IS NOT NULL');
  return {
    records: await queryNumber(connection, 'SELECT count(*) FROM records'),
    events: await queryNumber(connection, 'SELECT count(*) FROM stage_events'),
    activities: await queryNumber(connection, `SELECT count(*) FROM ${ACTIVITIES_TABLE}`),
    figures: await queryNumber(connection, `SELECT count(*) FROM ${FIGURES_TABLE}`),
    traits: {
      doubles: doubles > 0,
      supersedes: supersedes > 0,
      sorted: known.sorted === true || (await isSorted(connection)),
    },
  };
}

/** Leaves of rows that are one the first or the last. */
async function keepOne(
  connection: DuckDBConnection,
  table: string,
  identity: string,
  which: 'min' | 'max',
): Promise<void> {
  const repeated = `SELECT hash(${identity}) AS identity FROM ${table} GROUP BY identity HAVING count(*) > 1`;
  await connection.run(
    `DELETE FROM ${table} WHERE rowid IN (SELECT unnest(list_filter(places, lambda place: place <> kept)) FROM ` +
      `(SELECT list(rowid) AS places, ${which}(rowid) AS kept FROM ${table} SEMI JOIN (${repeated}) r ON hash(${identity}) = r.identity GROUP BY ${identity} HAVING count(*) > 1))`,
  );
}

/** Whether the events already stand in the order a generation keeps them in. */
async function isSorted(connection: DuckDBConnection): Promise<boolean> {
  const wrong = await queryNumber(
    connection,
    'SELECT count(*) FROM (SELECT entity_type, entity_id, lag(entity_type) OVER () AS type_before, lag(entity_id) OVER () AS id_before FROM stage_events) ' +
      'WHERE type_before > entity_type OR (type_before = entity_type AND id_before > entity_id)',
  );
  return wrong === 0;
}

/** Writes the scratch tables and `batch.json` into a folder, and makes them last. */
export async function writeLayer(connection: DuckDBConnection, folder: string, info: BatchInfo): Promise<void> {
  for (const [table, file, rows] of [
    ['records', RECORDS_FILE, undefined],
    ['stage_events', EVENTS_FILE, undefined],
    [ACTIVITIES_TABLE, ACTIVITIES_FILE, info.activities],
    [FIGURES_TABLE, FIGURES_FILE, info.figures],
  ] as const) {
    if (rows === 0) continue;
    const path = join(folder, file);
    // LZ4 takes a sixth less time than Snappy for objects, and as much space. Larger dictionaries,
    // those of ids, are given up only after they have cost their time.
    await connection.run(
      `COPY ${table} TO ${sqlText(path)} (FORMAT parquet, COMPRESSION lz4_raw, DICTIONARY_SIZE_LIMIT 2000)`,
    );
    await sync(path);
  }
  const path = join(folder, BATCH_FILE);
  await writeFile(path, `${JSON.stringify(info, undefined, 2)}\n`);
  await sync(path);
  await sync(folder);
}
