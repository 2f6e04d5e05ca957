import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { EntityRecord, StageEvent } from '@sama/metrics/contracts';
import type { SqlReader } from '../engine/counter.ts';
import { queryRows } from '../store/rows.ts';

/** The tables an engine reads, in a database of their own in memory. */
export class CanonicalTables {
  readonly #connection: DuckDBConnection;

  private constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  static async open(): Promise<CanonicalTables> {
    // For a handful of rows more threads only wait for each other.
    const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
    await connection.run(
      `CREATE TABLE stage_events(entity_type VARCHAR, entity_id VARCHAR, stage VARCHAR, at_ms BIGINT, at_day DATE)`,
    );
    await connection.run(`CREATE TABLE records(entity_type VARCHAR, id VARCHAR, account_id VARCHAR, person_id VARCHAR,
      campaign_id VARCHAR, amount BIGINT, currency VARCHAR, owner VARCHAR, current_stage VARCHAR, attributes JSON,
      batch VARCHAR)`);
    return new CanonicalTables(connection);
  }

  /** Runs `work` while the tables hold these records and events; afterwards all it wrote is gone with them. */
  async holding<T>(
    records: readonly EntityRecord[],
    events: readonly StageEvent[],
    work: (reader: SqlReader, connection: DuckDBConnection) => Promise<T>,
  ): Promise<T> {
    await this.#connection.run('BEGIN');
    try {
      await this.#insert('stage_events', eventRows(events));
      await this.#insert('records', recordRows(records));
      const all: SqlReader['all'] = ({ text, params }) => queryRows(this.#connection, text, params);
      return await work({ all }, this.#connection);
    } finally {
      await this.#connection.run('ROLLBACK');
    }
  }

  async #insert(table: string, rows: readonly string[]): Promise<void> {
    if (rows.length > 0) await this.#connection.run(`INSERT INTO ${table} VALUES ${rows.join(', ')}`);
  }
}

/** Each event once, without those that another replaces, as an import leaves them. */
function eventRows(events: readonly StageEvent[]): string[] {
  const replaced = (e: StageEvent): boolean =>
    events.some(
      (by) =>
        by !== e &&
        by.supersedes === e.source.recordId &&
        by.source.system === e.source.system &&
        by.entityType === e.entityType &&
        by.entityId === e.entityId,
    );
  const rows = new Map<string, string>();
  for (const e of events.filter((event) => !replaced(event))) {
    const [at, day] = e.at.length === 10 ? [undefined, e.at] : [Date.parse(e.at), undefined];
    const { system, recordId, field } = e.source;
    const identity = JSON.stringify([e.entityType, e.entityId, e.stage, at ?? day, system, recordId, field]);
    rows.set(identity, rowOf(e.entityType, e.entityId, e.stage, at, day));
  }
  return [...rows.values()];
}

/** The last record of each entity. */
function recordRows(records: readonly EntityRecord[]): string[] {
  const rows = new Map<string, string>();
  for (const r of records) {
    const links = [r.accountId, r.personId, r.campaignId];
    const rest = [r.amount, r.currency, r.owner, r.currentStage, JSON.stringify(r.attributes), r.batch];
    rows.set(`${r.entityType} ${r.id}`, rowOf(r.entityType, r.id, ...links, ...rest));
  }
  return [...rows.values()];
}

function rowOf(...values: readonly (string | number | undefined)[]): string {
  const literals = values.map((value) =>
    value === undefined ? 'NULL' : typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`,
  );
  return `(${literals.join(', ')})`;
}
