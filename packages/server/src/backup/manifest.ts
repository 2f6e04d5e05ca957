import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { parseValue } from '../config/parse.ts';
import { fileErrorCode, messageOf } from '../store/errors.ts';

/** The file that says what a backup holds. */
export const MANIFEST_FILE = 'backup.json';

/** A path below a folder: no way up, none of another root, in any system's spelling. */
const Inside = z.string().check(
  z.minLength(1),
  z.maxLength(1000),
  z.refine(
    (path) =>
      !/^([/\\]|[a-zA-Z]:)|\\|\0/.test(path) && path.split('/').every((part) => !['', '.', '..'].includes(part)),
    {
      error: 'a path below the backup',
    },
  ),
);

/** What stands in a backup. */
export const Manifest = z.object({
  v: z.literal(1),
  /** The version of Sama that wrote it. */
  sama: z.string(),
  madeAt: z.string(),
  /** The store's schema; 0 of a folder without records. */
  storeVersion: z.int().check(z.nonnegative()),
  /** The version of the tables of each database. */
  databases: z.record(Inside, z.int()),
  /** Where the ledger is: in this backup, or in PostgreSQL, which has backups of its own. */
  ledger: z.discriminatedUnion('kept', [
    z.object({ kept: z.literal('here'), events: z.int().check(z.nonnegative()) }),
    z.object({ kept: z.literal('postgresql') }),
  ]),
  files: z.array(
    z.object({
      path: Inside,
      bytes: z.int().check(z.nonnegative()),
      sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
      /** Permission bits, such as 0o600. */
      mode: z.int().check(z.nonnegative(), z.maximum(0o777)),
    }),
  ),
});
export type Manifest = z.infer<typeof Manifest>;

/** Why something cannot be backed up or restored; nothing was changed. */
export class BackupError extends Error {
  override name = 'BackupError';
}

/**
 * Reads what a folder says it holds.
 *
 * @throws BackupError when it is no backup, or of a newer Sama.
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, MANIFEST_FILE);
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT' || fileErrorCode(error) === 'ENOTDIR')
      throw new BackupError(`${folder} is no backup: it has no ${MANIFEST_FILE}.`);
    throw new BackupError(`${path} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  const head = z.looseObject({ v: z.number(), sama: z.optional(z.string()) }).safeParse(value);
  if (head.success && head.data.v > 1)
    throw new BackupError(
      `${folder} was written by a newer Sama (${head.data.sama ?? `backup version ${head.data.v}`}). Update Sama.`,
    );
  const parsed = parseValue(Manifest, value);
  if ('wrong' in parsed) throw new BackupError(`${path} is damaged: ${parsed.wrong}`);
  return parsed.data;
}

/** The SHA-256 of a file, in hexadecimal. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
