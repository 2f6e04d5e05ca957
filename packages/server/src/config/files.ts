import { resolve } from 'node:path';
import { Warehouse } from '@sama/sql';
import * as z from 'zod/mini';

/** A path of this machine. Two letters before a colon are an address, one is a drive. */
const LocalPath = z
  .string()
  .check(
    z.regex(/^(?![a-z][a-z\d+.-]+:)[^\0]{1,4096}$/iu, { error: 'is no path of this machine; addresses are not read' }),
  );

/** Files that others fill, read where they are. */
export const FilesConfig = {
  /** A DuckDB file. It is open while questions are under way, and only to read. */
  file: z.optional(LocalPath),
  /** Parquet files, by the name of the table they are in `warehouse`: one file, or all that a pattern finds. */
  parquet: z.optional(
    z.record(z.string().check(z.minLength(1)), z.union([LocalPath, z.strictObject({ glob: LocalPath })])),
  ),
  /** How the tables of these files become the canonical ones. */
  warehouse: z.optional(Warehouse),
};

/** One file, or those that a pattern finds from a folder on. */
export type ParquetAt = { path: string } | { glob: string; from: string };
/** Where the tables of a company are: in a DuckDB file, or each in Parquet files. */
export type FilesAt = { file: string } | { parquet: ReadonlyMap<string, ParquetAt> };

/** Files that others fill, with where they are on this machine. */
export interface FilesSettings {
  kind: 'files';
  at: FilesAt;
  warehouse: Warehouse;
}

type Given = Partial<z.infer<z.ZodMiniObject<typeof FilesConfig>>>;

/**
 * The files that a configuration names; undefined where it names none.
 *
 * @param folder from which paths are meant.
 * @throws Error naming the field and the remedy.
 */
export function filesOf({ file, parquet, warehouse }: Given, folder: string): FilesSettings | undefined {
  const remedy = 'name a DuckDB file in engine.file, or Parquet files in engine.parquet';
  if (warehouse === undefined) {
    if (file === undefined && parquet === undefined) return undefined;
    throw new Error(
      `engine.warehouse: is missing; say which columns of ${file === undefined ? 'these files' : file} make records and events`,
    );
  }
  if (file !== undefined && parquet !== undefined)
    throw new Error(`engine.parquet: there is engine.file too; ${remedy}, not both`);
  if (file !== undefined) return { kind: 'files', at: { file: resolve(folder, file) }, warehouse };
  if (parquet === undefined) throw new Error(`engine.file: is missing, and warehouse reads its tables; ${remedy}`);
  const read = tablesOf(warehouse);
  const named = new Map<string, string>();
  const at = new Map<string, ParquetAt>();
  for (const [name, where] of Object.entries(parquet)) {
    if (!read.has(name))
      throw new Error(
        `engine.parquet.${name}: no table of engine.warehouse is called so; it reads ${[...read].join(', ')}`,
      );
    if (name.includes('.'))
      throw new Error(`engine.parquet.${name}: a table of Parquet files is in no schema; leave the dot out`);
    const same = named.get(name.toLowerCase());
    if (same !== undefined)
      throw new Error(`engine.parquet.${name}: DuckDB takes it for ${same}; give it another name`);
    named.set(name.toLowerCase(), name);
    at.set(name, typeof where === 'string' ? { path: resolve(folder, where) } : { glob: where.glob, from: folder });
  }
  const missing = [...read].find((name) => !at.has(name));
  if (missing !== undefined)
    throw new Error(`engine.parquet.${missing}: is missing, and engine.warehouse reads it; name its file`);
  return { kind: 'files', at: { parquet: at }, warehouse };
}

function tablesOf({ records = [], events, activities = [], figures = [] }: Warehouse): ReadonlySet<string> {
  return new Set([...records, ...events, ...activities, ...figures].map(({ table }) => table));
}
