import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { EntityRecord, StageEvent } from '@sama/metrics/contracts';
import type { SqlReader } from '../engine/counter.ts';
import { queryRows } from '../store/rows.ts';
import { eventRows, recordRows } from './canonical-rows.ts';

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
