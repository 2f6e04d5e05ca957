import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBInstance } from '@duckdb/node-api';
import { InputError } from '@sama/metrics';
import { messageOf } from '../../store/errors.ts';
import { openReadOnly, openTables } from '../../store/duck.ts';
import type { FoundFiles } from './found.ts';

/** What does not fit in memory goes where nobody looks for files of a company. */
const spillTo = join(tmpdir(), `sama-questions-${process.pid}`);

/**
 * Opens files to read. SQL over them reaches no other file, and can write none.
 *
 * @throws InputError that names the setting.
 */
export async function openFiles({ at }: FoundFiles): Promise<DuckDBInstance> {
  if ('parquet' in at)
    return openTables(at.parquet, { spillTo }, (name, error) => fault(`engine.parquet.${name}`, messageOf(error)));
  try {
    return await openReadOnly(at.file, { spillTo });
  } catch (error) {
    throw fault('engine.file', messageOf(error));
  }
}

/** What DuckDB says, with what mends it. */
function fault(setting: string, said: string): InputError {
  const [first = ''] = said.split('\n', 1);
  const reason = first.replace(/ See also https?:.*$/, '');
  const [, remedy = 'see that it is whole, and that the user Sama runs as may read it'] =
    REMEDIES.find(([pattern]) => pattern.test(said)) ?? [];
  return new InputError(setting, reason, remedy);
}

const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [
    /lock/i,
    'wait until that process has closed it; one that keeps it open writes another file and renames it to this name',
  ],
  [/newer version|version number/i, 'write it by a DuckDB as old as the one of Sama, or update Sama'],
  [/not a valid DuckDB/i, 'name a DuckDB file; Parquet files are named in engine.parquet'],
  [/magic bytes|too small|parquet/i, 'write Parquet files whole under another name, and rename them then'],
  [/permission denied/i, 'let the user Sama runs as read it'],
];
