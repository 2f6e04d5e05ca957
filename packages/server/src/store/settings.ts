import * as z from 'zod/mini';
import { StoreError } from './errors.ts';
import { parseJson, readIfThere, replaceFile } from './files.ts';
import type { Layout } from './layout.ts';

/** The schema of layers and generations. A store of a newer one is refused. */
export const SCHEMA_VERSION = 2;

const Settings = z.object({
  schemaVersion: z.int().check(z.positive()),
  /** Numbers never given twice, also not after an undo. */
  nextBatch: z.int().check(z.positive()),
  nextGeneration: z.int().check(z.positive()),
});
export type Settings = z.infer<typeof Settings>;
const Versioned = z.looseObject({ schemaVersion: z.int() });

/** Brings the JSON of `store.json` from its version to the next. */
export type Migration = (settings: Record<string, unknown>) => Record<string, unknown>;

/** By the version migrated from. */
const MIGRATIONS: Readonly<Record<number, Migration>> = {
  // The second version knows activities and figures. Layers without them stay as they are; the generation is built anew.
  1: (settings) => settings,
};

export const NEW_SETTINGS: Settings = { schemaVersion: SCHEMA_VERSION, nextBatch: 1, nextGeneration: 1 };

/**
 * Reads `store.json`, migrated forward in memory; undefined in a folder that is no store yet.
 * Throws a StoreError for a newer version, naming both.
 */
export async function readSettings(
  layout: Layout,
  migrations: Readonly<Record<number, Migration>> = MIGRATIONS,
  version: number = SCHEMA_VERSION,
): Promise<Settings | undefined> {
  const text = await readIfThere(layout.settings);
  if (text === undefined) return undefined;
  let settings: Record<string, unknown> & { schemaVersion: number } = parseJson(Versioned, layout.settings, text);
  if (settings.schemaVersion > version) {
    throw new StoreError(
      'newer-version',
      `${layout.folder} was written by a newer Sama (store version ${settings.schemaVersion}; this one reads up to ${version}). Update Sama, or use another folder with --store.`,
    );
  }
  while (settings.schemaVersion < version) {
    const from = settings.schemaVersion;
    const migrate = migrations[from];
    if (migrate === undefined)
      throw new StoreError('unreadable', `${layout.settings}: there is no way forward from store version ${from}`);
    settings = { ...migrate(settings), schemaVersion: from + 1 };
  }
  return parseJson(Settings, layout.settings, JSON.stringify(settings));
}

export async function writeSettings(layout: Layout, settings: Settings): Promise<void> {
  await replaceFile(layout.settings, `${JSON.stringify(settings, undefined, 2)}\n`);
}
