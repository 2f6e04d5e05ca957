import { createHash } from 'node:crypto';
import { globSync, statSync, type BigIntStats } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@sama/metrics';
import type { FilesAt, ParquetAt } from '../../config/files.ts';
import { fileErrorCode, messageOf } from '../../store/errors.ts';

/** Files that one pattern may find. */
const MOST_FILES = 10_000;
/** Milliseconds in which a file may change twice and look the same: clocks of file systems tick slowly. */
const TICK_MS = 50;

/** Files as they are on the disk now. */
export interface FoundFiles {
  /** The DuckDB file, or the Parquet files of each table. */
  at: { file: string } | { parquet: ReadonlyMap<string, readonly string[]> };
  /** Another one after every change of the files. */
  stamp: string;
  /** Whether a further change might leave the stamp as it is. */
  young: boolean;
}

/**
 * Looks for files. Nothing of them is opened: a process that closes a DuckDB file gives up its locks on it.
 *
 * @throws InputError that names the setting.
 */
export function findFiles(at: FilesAt): FoundFiles {
  const seen: string[] = [];
  let latest = 0;
  const look = (path: string, stats: BigIntStats): void => {
    seen.push([path, stats.dev, stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join(' '));
    latest = Math.max(latest, Number(stats.mtimeMs), Number(stats.ctimeMs));
  };
  const found = (): FoundFiles['at'] => {
    if ('file' in at) {
      look(at.file, statsOf('engine.file', at.file));
      // What was written and is not in the file yet.
      const written = statSync(`${at.file}.wal`, { bigint: true, throwIfNoEntry: false });
      if (written !== undefined) look('wal', written);
      return { file: at.file };
    }
    const all = [...at.parquet].map(([name, where]) => {
      const setting = `engine.parquet.${name}`;
      const paths = pathsOf(setting, where);
      for (const path of paths) look(path, statsOf(setting, path));
      return [name, paths] as const;
    });
    return { parquet: new Map(all) };
  };
  const files = found();
  const stamp = createHash('sha256').update(seen.join('\n')).digest('hex').slice(0, 16);
  return { at: files, stamp, young: Math.abs(Date.now() - latest) < TICK_MS };
}

/** The files of a table, in the order of their names. */
function pathsOf(setting: string, where: ParquetAt): readonly string[] {
  if ('path' in where) return [where.path];
  const paths = globSync(where.glob, { cwd: where.from })
    .map((path) => (path.startsWith('/') ? path : join(where.from, path)))
    .toSorted();
  if (paths.length === 0)
    throw new InputError(
      setting,
      `nothing is called ${where.glob} in ${where.from}`,
      'write the files, or mend the pattern',
    );
  if (paths.length > MOST_FILES)
    throw new InputError(
      setting,
      `${paths.length} files are called ${where.glob}`,
      `write fewer, larger ones: ${MOST_FILES} are read`,
    );
  return paths;
}

function statsOf(setting: string, path: string): BigIntStats {
  const remedy = 'name a file by its whole path, or from the folder of the configuration on';
  try {
    const stats = statSync(path, { bigint: true });
    if (!stats.isFile()) throw new InputError(setting, `${path} is no file`, remedy);
    return stats;
  } catch (error) {
    if (error instanceof InputError) throw error;
    const code = fileErrorCode(error);
    throw code === 'ENOENT' || code === 'ENOTDIR'
      ? new InputError(setting, `there is no ${path}`, remedy)
      : new InputError(setting, messageOf(error), 'let the user Sama runs as read it');
  }
}
