import type { DuckDBConnection } from '@duckdb/node-api';
import { ACTIVITIES_TABLE, FIGURES_TABLE } from '@sama/sql';
import type { LayerSource } from './layer-source.ts';
import { ACTIVITY_COLUMNS, FIGURE_COLUMNS, names } from './schema.ts';

/** The columns by which two activities are one; of them the first stands. */
export const ACTIVITY_IDENTITY = 'name, at_ms, at_day, person_id, account_id, opportunity_id, system, record_id, field';
/** The columns by which two figures are one; of them the last stands. */
export const FIGURE_IDENTITY = 'name, from_day, to_day, segment';

/** The activities of a changed layer by where they were read: whatever is one with them was read there too. */
const TOUCHED = 'memory.main.touched_activities';

/** Fills the activities and figures of an empty generation from layers, oldest first. */
export async function fillActivities(connection: DuckDBConnection, layers: readonly LayerSource[]): Promise<void> {
  const sources = layers.flatMap(({ info, activities }) => (info.activities === 0 ? [] : [activities]));
  await insertOnce(connection, ACTIVITIES_TABLE, names(ACTIVITY_COLUMNS), sources, ACTIVITY_IDENTITY, 'place');
  await fillFigures(connection, layers);
}

/** Brings the activities and figures of a generation to other layers after `changed` was added or taken out. */
export async function reviseActivities(
  connection: DuckDBConnection,
  layers: readonly LayerSource[],
  changed: LayerSource,
): Promise<void> {
  if (changed.info.activities > 0) {
    await connection.run(`CREATE TABLE ${TOUCHED} AS SELECT DISTINCT system, record_id FROM ${changed.activities}`);
    await connection.run(
      `DELETE FROM ${ACTIVITIES_TABLE} USING ${TOUCHED} t WHERE ${ACTIVITIES_TABLE}.system = t.system AND ${ACTIVITIES_TABLE}.record_id = t.record_id`,
    );
    const again = layers.flatMap(({ info, activities }) =>
      info.activities === 0
        ? []
        : [
            `(SELECT l.* FROM ${activities} l SEMI JOIN ${TOUCHED} t ON l.system = t.system AND l.record_id = t.record_id)`,
          ],
    );
    await insertOnce(connection, ACTIVITIES_TABLE, names(ACTIVITY_COLUMNS), again, ACTIVITY_IDENTITY, 'place');
    await connection.run(`DROP TABLE ${TOUCHED}`);
  }
  if (changed.info.figures > 0) {
    // They are few.
    await connection.run(`DELETE FROM ${FIGURES_TABLE}`);
    await fillFigures(connection, layers);
  }
}

async function fillFigures(connection: DuckDBConnection, layers: readonly LayerSource[]): Promise<void> {
  const sources = layers.flatMap(({ info, figures }) => (info.figures === 0 ? [] : [figures]));
  await insertOnce(connection, FIGURES_TABLE, names(FIGURE_COLUMNS), sources, FIGURE_IDENTITY, 'place DESC');
}

/** Inserts rows of sources, each of which has one row of each identity: of the same in several, that which is first by `order`. */
async function insertOnce(
  connection: DuckDBConnection,
  table: string,
  columns: string,
  sources: readonly string[],
  identity: string,
  order: string,
): Promise<void> {
  const [first] = sources;
  if (first === undefined) return;
  if (sources.length === 1) {
    await connection.run(`INSERT INTO ${table} SELECT ${columns} FROM ${first}`);
    return;
  }
  const every = sources.map((from, place) => `SELECT ${columns}, ${place} AS place FROM ${from}`).join(' UNION ALL ');
  await connection.run(
    `INSERT INTO ${table} WITH every AS (${every}), again AS (SELECT hash(${identity}) AS key FROM every GROUP BY key HAVING count(*) > 1) ` +
      `SELECT ${columns} FROM every ANTI JOIN again ON hash(${identity}) = key UNION ALL ` +
      `SELECT ${columns} FROM (SELECT *, row_number() OVER (PARTITION BY ${identity} ORDER BY ${order}) AS nth ` +
      `FROM every SEMI JOIN again ON hash(${identity}) = key) WHERE nth = 1`,
  );
}
