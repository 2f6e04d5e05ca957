import type { MetricsEngine } from '@sama/metrics/contracts';
import { clickhouse, duckdb, postgresql, type Dialect } from '@sama/sql';
import type { EngineSettings } from '../config/engine.ts';
import { clickHouseSessions } from './clickhouse.ts';
import { fileSessions } from './files/sessions.ts';
import { postgresSessions } from './postgres.ts';
import type { SaidStages } from './over.ts';
import { saidBeside } from './said.ts';
import { createSqlEngine, type Sessions } from './sql-engine.ts';

/** Seconds for which the data of another database passes for unchanged. */
const REFRESH = 60;

/** An engine over a database, or over files, that others fill. */
export interface OutsideEngine {
  engine: MetricsEngine;
  /** The same with what a ledger says beside the data; flagged `partial` when that is more than goes with a question. */
  over(stages: SaidStages): MetricsEngine;
  name: string;
  /** Changes when answers may have: files show when they change, and of a database nobody tells, so it does after some time. */
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
  const { sessions, dialect, version } = opened(settings, { timeLimitMs, rows }, log);
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
    dataVersion: () => `${dialect.name} ${version()}`,
    close: () => sessions.close(),
  };
}

/** What reads the database, in which SQL, and what names the state of its data. */
function opened(
  settings: Exclude<EngineSettings, { kind: 'duckdb' }>,
  limits: EngineLimits,
  log: (error: unknown) => void,
): { sessions: Sessions; dialect: Dialect; version: () => string } {
  if (settings.kind === 'files') {
    const sessions = fileSessions(settings, { ...limits, log });
    return { sessions, dialect: duckdb, version: sessions.version };
  }
  const { url, warehouse, refresh = REFRESH } = settings;
  const version = (): string => String(Math.floor(Date.now() / (refresh * 1000)));
  return settings.kind === 'postgresql'
    ? {
        sessions: postgresSessions(url, { schema: settings.schema, warehouse, ...limits, log }),
        dialect: postgresql,
        version,
      }
    : {
        sessions: clickHouseSessions(url, { database: settings.database, warehouse, ...limits, log }),
        dialect: clickhouse,
        version,
      };
}
