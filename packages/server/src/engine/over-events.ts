import type { DuckDBConnection } from '@duckdb/node-api';
import type { StageEvent } from '@sama/metrics/contracts';
import { GENERATION } from '../store/index.ts';
import { queryRows } from '../store/rows.ts';
import { CORRECTIONS_TABLE, EVENT_COLUMNS, LEDGER_SYSTEM, names } from '../store/schema.ts';

/** The schema of tables that an overlay writes, and that of the views which readers see before the generation's tables. */
export const OWN = 'memory.own';
export const VIEWS = 'memory.main';

/** Where readers look for names, and where whoever writes does. */
export const READ_PATH = `${VIEWS},${GENERATION}.main`;
export const WRITE_PATH = `${OWN},${READ_PATH}`;

/** Persons that are spoken of, those whose events change now, and those of them that were not spoken of before. */
const SPOKEN_OF = 'spoken_of';
export const CHANGED = 'changed';
export const NEWLY = 'newly_spoken_of';

/** What is said of them. */
export const SAID = 'said_events';
/** Rows in one statement. */
const MOST = 5_000;
const COLUMNS = names(EVENT_COLUMNS);
const FIELDS = JSON.stringify([
  {
    entityId: 'VARCHAR',
    stage: 'VARCHAR',
    at: 'BIGINT',
    recordId: 'VARCHAR',
    cause: 'VARCHAR',
    reason: 'VARCHAR',
    team: 'VARCHAR',
  },
]);
/** Rule 1.2 of `docs/how-sama-counts.md`, where the system is one. */
const SAME = ['entity_type', 'entity_id', 'stage', 'at_ms', 'at_day', 'record_id', 'field']
  .map((name) => `s.${name} IS NOT DISTINCT FROM g.${name}`)
  .join(' AND ');

/** The events of a generation, and what a ledger says beside them. */
export class LaidEvents {
  readonly #connection: DuckDBConnection;
  /** A generation of an older Sama does not say what was corrected. */
  readonly #corrects: boolean;

  private constructor(connection: DuckDBConnection, corrects: boolean) {
    this.#connection = connection;
    this.#corrects = corrects;
  }

  static async lay(connection: DuckDBConnection, tables: ReadonlySet<string>): Promise<LaidEvents> {
    const columns = EVENT_COLUMNS.map(([name, type]) => `${name} ${type}`).join(', ');
    for (const table of [SPOKEN_OF, CHANGED, NEWLY])
      await connection.run(`CREATE TABLE ${OWN}.${table} (entity VARCHAR)`);
    await connection.run(`CREATE TABLE ${OWN}.${SAID} (${columns})`);
    await connection.run(
      `CREATE VIEW ${VIEWS}.stage_events AS SELECT ${COLUMNS} FROM ${GENERATION}.main.stage_events UNION ALL SELECT ${COLUMNS} FROM ${OWN}.${SAID}`,
    );
    return new LaidEvents(connection, tables.has(CORRECTIONS_TABLE));
  }

  /** Names the persons of a change. */
  async begin(persons: readonly string[]): Promise<void> {
    for (let i = 0; i < persons.length; i += MOST)
      await queryRows(this.#connection, `INSERT INTO ${OWN}.${CHANGED} SELECT unnest(from_json($1, '["VARCHAR"]'))`, [
        JSON.stringify(persons.slice(i, i + MOST)),
      ]);
    await this.#connection.run(
      `INSERT INTO ${OWN}.${NEWLY} SELECT entity FROM ${OWN}.${CHANGED} ANTI JOIN ${OWN}.${SPOKEN_OF} USING (entity)`,
    );
    await this.#connection.run(`INSERT INTO ${OWN}.${SPOKEN_OF} FROM ${OWN}.${NEWLY}`);
  }

  /** What is said of them now, in place of what was said before. */
  async say(events: readonly StageEvent[]): Promise<void> {
    const connection = this.#connection;
    const ofThem = `entity_id IN (FROM ${OWN}.${CHANGED})`;
    await connection.run(`DELETE FROM ${OWN}.${SAID} WHERE ${ofThem}`);
    for (let i = 0; i < events.length; i += MOST)
      await queryRows(
        connection,
        `INSERT INTO ${OWN}.${SAID} BY NAME SELECT 'person' AS entity_type, e.entityId AS entity_id, e.stage AS stage, e.at AS at_ms,
          '${LEDGER_SYSTEM}' AS system, e.recordId AS record_id, e.cause AS cause, e.reason AS reason, e.team AS actor_team, 'ledger' AS batch
          FROM (SELECT unnest(from_json($1, '${FIELDS}')) AS e)`,
        [JSON.stringify(events.slice(i, i + MOST).map(rowOf))],
      );
    const inGeneration = `FROM ${GENERATION}.main.stage_events WHERE entity_type = 'person' AND system = '${LEDGER_SYSTEM}' AND ${ofThem}`;
    await connection.run(`DELETE FROM ${OWN}.${SAID} s USING (SELECT * ${inGeneration}) g WHERE ${SAME}`);
    if (this.#corrects)
      await connection.run(
        `DELETE FROM ${OWN}.${SAID} s USING ${GENERATION}.main.${CORRECTIONS_TABLE} g
          WHERE s.entity_type = g.entity_type AND s.entity_id = g.entity_id AND s.record_id = g.supersedes AND NOT (${SAME})`,
      );
  }

  async end(): Promise<void> {
    for (const table of [CHANGED, NEWLY]) await this.#connection.run(`DELETE FROM ${OWN}.${table}`);
  }
}

function rowOf({ entityId, stage, at, source, cause, reason, actorTeam }: StageEvent) {
  return { entityId, stage, at: Date.parse(at), recordId: source.recordId, cause, reason, team: actorTeam };
}
