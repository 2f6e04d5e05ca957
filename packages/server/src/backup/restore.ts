import { randomUUID } from 'node:crypto';
import { chmod, copyFile, mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileErrorCode, messageOf } from '../store/errors.ts';
import { sync } from '../store/files.ts';
import { SCHEMA_VERSION } from '../store/settings.ts';
import { DATABASES, readDatabase } from './databases.ts';
import { BackupError, hashOfFile, readManifest, type Manifest } from './manifest.ts';

/** What was restored, and where what stood there before is now. */
export interface Restored {
  manifest: Manifest;
  before?: string;
}

/**
 * Brings a backup back as a store. Every file is compared with what the backup says of it, before the store appears
 * all at once; what stood there before, with `force`, is kept beside it.
 *
 * @throws BackupError for a backup that is damaged or of a newer Sama, and for a folder that is not empty or in use;
 * nothing was changed then.
 */
export async function restore(backup: string, store: string, { force = false } = {}): Promise<Restored> {
  const [source, goal] = [resolve(backup), resolve(store)];
  const manifest = await readManifest(source);
  refuseNewer(manifest);
  if (goal === source || goal.startsWith(`${source}/`))
    throw new BackupError('The store would stand in its own backup.');
  const there = await namesIn(goal);
  if (there.length > 0 && !force)
    throw new BackupError(
      `${goal} is not empty. Name another folder with --store, or say --force: what is there is kept beside it.`,
    );
  refuseServed(goal, there);
  const draft = join(dirname(goal), `.${basename(goal)}.${randomUUID()}`);
  try {
    await mkdir(dirname(goal), { recursive: true });
    await mkdir(draft, { mode: 0o700 });
    for (const file of manifest.files) await bring(source, draft, file);
    for (const name of Object.keys(manifest.databases)) refuseDamaged(join(draft, name), name);
    const before = await putAside(goal, there);
    await rename(draft, goal);
    await sync(dirname(goal));
    return { manifest, ...(before === undefined ? {} : { before }) };
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error instanceof BackupError
      ? error
      : new BackupError(`The backup cannot be restored: ${messageOf(error)}`, { cause: error });
  }
}

function refuseNewer({ storeVersion, databases, sama }: Manifest): void {
  const newer = (what: string, found: number, known: number): BackupError =>
    new BackupError(
      `${what} was written by a newer Sama, ${sama} (version ${found}; this one reads up to ${known}). Update Sama.`,
    );
  if (storeVersion > SCHEMA_VERSION) throw newer('The store of the backup', storeVersion, SCHEMA_VERSION);
  for (const [name, version] of Object.entries(databases)) {
    const known = DATABASES[name] ?? version;
    if (version > known) throw newer(`${name} of the backup`, version, known);
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return [];
    throw new BackupError(`${folder} cannot be replaced: ${messageOf(error)}`);
  }
}

/** A database that is open elsewhere cannot leave its write-ahead log: then a server is at work. */
function refuseServed(folder: string, names: readonly string[]): void {
  for (const name of names.filter((one) => one.endsWith('.sqlite'))) {
    const database = new DatabaseSync(join(folder, name), { timeout: 0 });
    try {
      database.exec('PRAGMA journal_mode = DELETE');
    } catch {
      throw new BackupError(`A server is at work in ${folder}. Stop it first.`);
    } finally {
      database.close();
    }
  }
}

async function bring(
  source: string,
  draft: string,
  { path, bytes, sha256, mode }: Manifest['files'][number],
): Promise<void> {
  const [from, to] = [join(source, path), join(draft, path)];
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to).catch((error: unknown) => {
    throw new BackupError(
      `The backup is damaged: ${path} ${fileErrorCode(error) === 'ENOENT' ? 'is missing' : 'cannot be read'}.`,
    );
  });
  // The copy is looked at: what is compared is what will be there.
  if ((await stat(to)).size !== bytes || (await hashOfFile(to)) !== sha256)
    throw new BackupError(`The backup is damaged: ${path} is not as it was written. Restore another one.`);
  await chmod(to, mode);
  await sync(to);
}

function refuseDamaged(path: string, name: string): void {
  const said = readDatabase(
    path,
    (database) => database.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'],
  );
  if (said !== 'ok') throw new BackupError(`The backup is damaged: ${name}: ${String(said)}. Restore another one.`);
}

/** Moves away what stands there, and says where to. */
async function putAside(goal: string, there: readonly string[]): Promise<string | undefined> {
  try {
    if (there.length === 0) {
      await rmdir(goal).catch((error: unknown) => {
        if (fileErrorCode(error) !== 'ENOENT') throw error;
      });
      return undefined;
    }
    const before = `${goal}.before-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
    await rename(goal, before);
    return before;
  } catch (error) {
    if (fileErrorCode(error) === 'EBUSY' || fileErrorCode(error) === 'EXDEV')
      throw new BackupError(
        `${goal} is a disk of its own and cannot be replaced. Restore into a folder on it: --store ${join(goal, 'store')}`,
      );
    throw error;
  }
}
