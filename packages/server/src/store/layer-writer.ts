import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlText } from '@sama/sql';
import { sync } from './files.ts';
import { EVENT_IDENTITY, mergedRecords } from './generation.ts';
import type { BatchInfo } from './layers.ts';
import { BATCH_FILE, EVENTS_FILE, RECORDS_FILE } from './layout.ts';
import { queryNumber } from './rows.ts';

/** What is measured of the filled tables before they become a layer. */
export type LayerFacts = Pick<BatchInfo, 'records' | 'events' | 'traits'>;

/** What a writer knows of the tables it has filled, so that it need not be measured. */
export interface KnownFacts {
  /** `records` has each entity once. */
  unique?: boolean;
  /** No two events are one. */
  distinct?: boolean;
  /** Events stand in the order of entity type and id. */
  sorted?: boolean;
}

/** Makes the records of the scratch tables unique and says what a generation must know of them. */
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
    traits: {
      doubles: doubles > 0,
      supersedes: supersedes > 0,
      sorted: known.sorted === true || (await isSorted(connection)),
    },
  };
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
  for (const [table, file] of [
    ['records', RECORDS_FILE],
    ['stage_events', EVENTS_FILE],
  ] as const) {
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
