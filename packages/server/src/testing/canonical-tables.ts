import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { ActivityEvent, EntityRecord, Figure, StageEvent } from '@sama/metrics/contracts';
import type { SqlReader } from '../engine/counter.ts';
import { queryBatches, queryRows } from '../store/rows.ts';
import { activityRows, eventRows, figureRows, recordRows } from './canonical-rows.ts';

/** The tables an engine reads, in a database of their own in memory. */
export class CanonicalTables {
  readonly #connection: DuckDBConnection;

  private constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  /** @param as statements are run: as DuckDB plans them best, or as they are written, which takes half the time. */
  static async open(as: 'planned' | 'written' = 'planned'): Promise<CanonicalTables> {
    // For a handful of rows more threads only wait for each other.
    const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
    if (as === 'written') await connection.run('PRAGMA disable_optimizer');
    await connection.run(
      `CREATE TABLE stage_events(entity_type VARCHAR, entity_id VARCHAR, stage VARCHAR, at_ms BIGINT, at_day DATE, reason VARCHAR)`,
    );
    await connection.run(`CREATE TABLE records(entity_type VARCHAR, id VARCHAR, account_id VARCHAR, person_id VARCHAR,
      campaign_id VARCHAR, amount BIGINT, currency VARCHAR, owner VARCHAR, current_stage VARCHAR, attributes JSON,
      batch VARCHAR)`);
    await connection.run(`CREATE TABLE activity_events(name VARCHAR, at_ms BIGINT, at_day DATE, person_id VARCHAR,
      account_id VARCHAR, opportunity_id VARCHAR, campaign_id VARCHAR, owner VARCHAR, amount BIGINT, currency VARCHAR,
      attributes JSON, system VARCHAR, record_id VARCHAR, field VARCHAR)`);
    await connection.run(
      'CREATE TABLE figures(name VARCHAR, from_day DATE, to_day DATE, value DOUBLE PRECISION, currency VARCHAR, segment VARCHAR)',
    );
    return new CanonicalTables(connection);
  }

  /** Runs `work` while the tables hold these records and events; afterwards all it wrote is gone with them. */
  async holding<T>(
    records: readonly EntityRecord[],
    events: readonly StageEvent[],
    work: (reader: SqlReader, connection: DuckDBConnection) => Promise<T>,
    activities: readonly ActivityEvent[] = [],
    figures: readonly Figure[] = [],
  ): Promise<T> {
    await this.#connection.run('BEGIN');
    try {
      await this.#insert('stage_events', eventRows(events));
      await this.#insert('records', recordRows(records));
      await this.#insert('activity_events', activityRows(activities));
      await this.#insert('figures', figureRows(figures));
      const all: SqlReader['all'] = ({ text, params }) => queryRows(this.#connection, text, params);
      const batches: SqlReader['batches'] = ({ text, params }) => queryBatches(this.#connection, text, params);
      return await work({ all, batches }, this.#connection);
    } finally {
      await this.#connection.run('ROLLBACK');
    }
  }

  async #insert(table: string, rows: readonly string[]): Promise<void> {
    if (rows.length > 0) await this.#connection.run(`INSERT INTO ${table} VALUES ${rows.join(', ')}`);
  }

  close(): void {
    this.#connection.closeSync();
  }
}
