import { open, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type * as z from 'zod/mini';
import { parseValue } from '../config/parse.ts';
import { fileErrorCode, StoreError } from './errors.ts';

/** Makes what was written to a file or folder survive a power cut. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some systems cannot sync a folder; the rename itself is still atomic there.
    if (!['EISDIR', 'EPERM', 'EINVAL', 'ENOTSUP'].includes(fileErrorCode(error) ?? '')) throw error;
  } finally {
    await handle.close();
  }
}

/** Replaces a small file at once: readers see the old text or the new one, never a part. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const beside = `${path}.${process.pid}.new`;
  await writeFile(beside, text);
  await sync(beside);
  await rename(beside, path);
  await sync(dirname(path));
}

/** The text of a file, or undefined when there is none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT' || fileErrorCode(error) === 'ENOTDIR') return undefined;
    throw new StoreError(
      'unreadable',
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}

/** Reads JSON by a schema. Throws a StoreError that names the file. */
export function parseJson<T>(schema: z.ZodMiniType<T>, path: string, text: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new StoreError(
      'unreadable',
      `${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
  const parsed = parseValue(schema, value);
  if ('wrong' in parsed)
    throw new StoreError('unreadable', `${path} is not what this version of Sama writes: ${parsed.wrong}`);
  return parsed.data;
}
