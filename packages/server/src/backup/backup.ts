import { randomUUID } from 'node:crypto';
import { chmod, constants, copyFile, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileErrorCode, messageOf } from '../store/errors.ts';
import { sync } from '../store/files.ts';
import { layoutOf, type Layout } from '../store/layout.ts';
import { readSettings } from '../store/settings.ts';
import { LEDGER_FILE, OUTBOX_FILE, readDatabase, tablesVersion } from './databases.ts';
import { BackupError, hashOfFile, MANIFEST_FILE, type Manifest } from './manifest.ts';

export interface BackupOptions {
  /** The version of this Sama. */
  version: string;
  /** Whether the ledger is in PostgreSQL and not in the folder. */
  sharedLedger: boolean;
}

/**
 * Copies a store's folder to a folder that is not there yet, or empty, while a server and imports may be at work in it.
 * Layers never change, so they are copied as they are; each database is read in one transaction; what is built from
 * these is left out. It appears all at once, readable by its owner only, since the keys are in it.
 *
 * @throws BackupError when it cannot be made; nothing of it is left then.
 */
export async function backUp(
  store: string,
  target: string,
  { version, sharedLedger }: BackupOptions,
): Promise<Manifest> {
  const layout = layoutOf(resolve(store));
  const goal = resolve(target);
  await refuseUnfit(layout, goal);
  const draft = join(dirname(goal), `.${basename(goal)}.${randomUUID()}`);
  try {
    await mkdir(dirname(goal), { recursive: true });
    await mkdir(draft, { mode: 0o700 });
    const databases = await copyDatabases(layout.folder, draft);
    await copyLayers(layout, join(draft, 'layers'));
    await copyRest(layout, draft);
    const events = databases[LEDGER_FILE] === undefined ? 0 : eventsIn(join(draft, LEDGER_FILE));
    const manifest: Manifest = {
      v: 1,
      sama: version,
      madeAt: new Date().toISOString(),
      storeVersion: (await readSettings(layoutOf(draft)))?.schemaVersion ?? 0,
      databases,
      ledger: sharedLedger ? { kept: 'postgresql' } : { kept: 'here', events },
      files: await filesIn(draft),
    };
    await writeFile(join(draft, MANIFEST_FILE), `${JSON.stringify(manifest, undefined, 2)}\n`, { mode: 0o600 });
    await sync(join(draft, MANIFEST_FILE));
    await sync(draft);
    await rename(draft, goal);
    await sync(dirname(goal));
    return manifest;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error instanceof BackupError
      ? error
      : new BackupError(`The backup failed: ${messageOf(error)}`, { cause: error });
  }
}

async function refuseUnfit({ folder, settings }: Layout, goal: string): Promise<void> {
  if (goal === folder || goal.startsWith(`${folder}/`))
    throw new BackupError('The backup would stand in the store itself. Name a folder outside of it, on another disk.');
  const names = await readdir(folder).catch((): string[] => []);
  if (!names.includes(basename(settings)) && !names.some((name) => name.endsWith('.sqlite')))
    throw new BackupError(`${folder} is no store of Sama: there is nothing to back up. Name it with --store.`);
  const there = await readdir(goal).catch((error: unknown) => {
    if (fileErrorCode(error) === 'ENOENT') return [];
    throw new BackupError(`${goal} cannot be written: ${messageOf(error)}`);
  });
  if (there.length > 0)
    throw new BackupError(`${goal} is not empty. Name a new folder, such as one with the date in its name.`);
}

/**
 * Copies each database as one transaction sees it. The ledger goes first and the notices last: a notice of an event
 * that is not in the backup is never sent twice.
 */
async function copyDatabases(from: string, to: string): Promise<Record<string, number>> {
  const place = (name: string): number => (name === LEDGER_FILE ? 0 : name === OUTBOX_FILE ? 2 : 1);
  const names = (await readdir(from))
    .filter((name) => name.endsWith('.sqlite'))
    .toSorted((a, b) => place(a) - place(b));
  const versions: Record<string, number> = {};
  for (const name of names) {
    const target = join(to, name);
    versions[name] = readDatabase(join(from, name), (database) => {
      database.prepare('VACUUM INTO ?').run(target);
      return tablesVersion(database);
    });
    await chmod(target, (await stat(join(from, name))).mode & 0o777);
    await sync(target);
  }
  return versions;
}

/** Copies layers until there are none that were added meanwhile; one that is taken out meanwhile is left out. */
async function copyLayers({ layers }: Layout, to: string): Promise<void> {
  await mkdir(to);
  const list = (): Promise<string[]> => readdir(layers).catch((): string[] => []);
  const copied = new Set<string>();
  for (;;) {
    const names = await list();
    for (const gone of [...copied].filter((name) => !names.includes(name))) {
      copied.delete(gone);
      await rm(join(to, gone), { recursive: true });
    }
    const fresh = names.filter((name) => !copied.has(name));
    if (fresh.length === 0) return;
    for (const name of fresh) {
      try {
        await copyFolder(join(layers, name), join(to, name));
        copied.add(name);
      } catch (error) {
        if (fileErrorCode(error) !== 'ENOENT' || (await list()).includes(name)) throw error;
        await rm(join(to, name), { recursive: true, force: true });
      }
    }
  }
}

/** Copies what else stands in the folder. `store.json` comes after the layers, so that its numbers are above theirs. */
async function copyRest(layout: Layout, to: string): Promise<void> {
  const built = new Set(
    [layout.layers, layout.generations, layout.temporary, layout.lock, layout.lockInfo, layout.current].map((path) =>
      basename(path),
    ),
  );
  const isLeft = (name: string): boolean =>
    built.has(name) || /\.sqlite(-wal|-shm|-journal)?$|\.new$|^lock\.duckdb/.test(name);
  for (const entry of await readdir(layout.folder, { withFileTypes: true })) {
    if (isLeft(entry.name)) continue;
    const [from, target] = [join(layout.folder, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyFolder(from, target, true);
    else if (entry.isFile()) await copyOne(from, target);
  }
}

/** Copies a folder. With `changing`, files that vanish meanwhile are left out: they have been dealt with. */
async function copyFolder(from: string, to: string, changing = false): Promise<void> {
  await mkdir(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    try {
      if (entry.isDirectory()) await copyFolder(source, target, changing);
      else if (entry.isFile() && !entry.name.endsWith('.new')) await copyOne(source, target);
    } catch (error) {
      if (!changing || fileErrorCode(error) !== 'ENOENT') throw error;
      await rm(target, { recursive: true, force: true });
    }
  }
}

async function copyOne(from: string, to: string): Promise<void> {
  // Where the disk can share blocks between files it does.
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  await chmod(to, (await stat(from)).mode & 0o777);
  await sync(to);
}

function eventsIn(path: string): number {
  return readDatabase(path, (database) => Number(database.prepare('SELECT count(*) AS n FROM events').get()?.['n']));
}

/** Every file below a folder, by its path, with hash and mode. */
async function filesIn(folder: string, below = ''): Promise<Manifest['files']> {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  const files: Manifest['files'] = [];
  for (const { name, ...entry } of entries.map((one) => ({ name: one.name, isFolder: one.isDirectory() }))) {
    const path = below === '' ? name : `${below}/${name}`;
    if (entry.isFolder) {
      files.push(...(await filesIn(folder, path)));
      continue;
    }
    const { size, mode } = await stat(join(folder, path));
    files.push({ path, bytes: size, sha256: await hashOfFile(join(folder, path)), mode: mode & 0o777 });
  }
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
