import type { MetricsEngine } from '@sama/metrics/contracts';
import { clickhouse, postgresql } from '@sama/sql';
import type { EngineSettings } from '../config/engine.ts';
import { clickHouseSessions } from './clickhouse.ts';
import { postgresSessions } from './postgres.ts';
import type { SaidStages } from './over.ts';
import { saidBeside } from './said.ts';
import { createSqlEngine } from './sql-engine.ts';

/** Seconds for which the data of another database passes for unchanged. */
const REFRESH = 60;

/** An engine over a database that others fill. */
export interface OutsideEngine {
  engine: MetricsEngine;
  /** The same with what a ledger says beside the data; flagged `partial` when that is more than goes with a question. */
  over(stages: SaidStages): MetricsEngine;
  name: string;
  /** Changes when answers may have: nobody tells when another's data does, so it does after some time. */
  dataVersion(): string;
  close(): Promise<void>;
}

/** How far questions may go. */
export interface EngineLimits {
  timeLimitMs: number;
  rows?: number | undefined;
}

/** Opens the engine of a database that others fill. Nothing is read yet. */
export function openOutside(
  settings: Exclude<EngineSettings, { kind: 'duckdb' }>,
  { timeLimitMs, rows }: EngineLimits,
  log: (error: unknown) => void,
): OutsideEngine {
  const { url, warehouse, refresh = REFRESH } = settings;
  const sessions =
    settings.kind === 'postgresql'
      ? postgresSessions(url, { schema: settings.schema, warehouse, timeLimitMs, rows, log })
      : clickHouseSessions(url, { database: settings.database, warehouse, timeLimitMs, rows, log });
  const dialect = settings.kind === 'postgresql' ? postgresql : clickhouse;
  return {
    engine: createSqlEngine(sessions, dialect, { rows }),
    over: (stages) => {
      const said = saidBeside(stages, log);
      return createSqlEngine(sessions, dialect, {
        rows,
        said: said.text,
        flags: () => (said.tooMuch() ? ['partial'] : []),
      });
    },
    name: dialect.name,
    dataVersion: () => `${dialect.name} ${Math.floor(Date.now() / (refresh * 1000))}`,
    close: () => sessions.close(),
  };
}
