import { OWNER_RIGHTS, type Question } from '@sama/metrics/contracts';
import type { EngineSettings } from '../config/engine.ts';
import type { FilesSettings } from '../config/files.ts';
import { fileSessions } from '../engine/files/sessions.ts';
import { openOutside } from '../engine/open.ts';
import { causeOf, examine, fail, ok, warn, type Finding } from './finding.ts';

const PATIENCE_MS = 10_000;
const PEOPLE: Question = { kind: 'measure', measure: { of: 'person', aggregates: ['count'] } };

/** Whether the database that is to answer questions gives what Sama counts. `now` in milliseconds. */
export async function examineDatabase(settings: EngineSettings, now: number): Promise<Finding[]> {
  if (settings.kind === 'duckdb') return [];
  if (settings.kind === 'files') return examineFiles(settings);
  const { kind } = settings;
  const remedy = 'see that SAMA_ENGINE_URL names its host, database, user and password, and that this user may read';
  const told: unknown[] = [];
  const { engine, close } = openOutside(settings, { timeLimitMs: PATIENCE_MS }, (error) => told.push(error));
  const context = { definitions: [], rights: OWNER_RIGHTS, asOf: new Date(now).toISOString(), timeZone: 'UTC' };
  try {
    return await examine(kind, remedy, async () => {
      const { data, code, message } = await engine.answer(PEOPLE, {
        ...context,
        signal: AbortSignal.timeout(2 * PATIENCE_MS),
      });
      if (data?.kind === 'measure') return [ok(kind, 'it answers, and persons can be counted there')];
      if (code === 'timeout')
        return [warn(kind, `counting persons takes longer than ${PATIENCE_MS / 1000} s`, 'see what its tables lack')];
      const [cause = new Error(message)] = told;
      return [fail(kind, causeOf(cause), remedy)];
    });
  } finally {
    await close();
  }
}

/** Whether files and mapping fit, setting by setting. */
async function examineFiles(settings: FilesSettings): Promise<Finding[]> {
  const check = 'file' in settings.at ? 'DuckDB file' : 'Parquet files';
  const files = fileSessions(settings, { timeLimitMs: PATIENCE_MS, log: () => undefined });
  try {
    return await examine(check, 'see what the message says', async () => {
      const faults = await files.faults().catch((error: unknown) => {
        if (error instanceof DOMException && error.name === 'TimeoutError') return undefined;
        throw error;
      });
      if (faults === undefined)
        return [
          warn(check, `its values take longer than ${PATIENCE_MS / 1000} s to look through`, 'ask something of it'),
        ];
      return faults.length === 0
        ? [ok(check, 'all tables and columns of the mapping are there')]
        : faults.map(({ field, reason, remedy }) => fail(check, `${field}: ${reason}`, remedy));
    });
  } finally {
    await files.close();
  }
}
