import { access, constants, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { fileErrorCode } from '../store/errors.ts';
import { parseJson, readIfThere } from '../store/files.ts';
import { dataVersionOf, readGeneration } from '../store/generation.ts';
import { readLayers, type BatchInfo } from '../store/layers.ts';
import { ACTIVITIES_FILE, EVENTS_FILE, FIGURES_FILE, layoutOf, RECORDS_FILE, type Layout } from '../store/layout.ts';
import { readSettings, SCHEMA_VERSION } from '../store/settings.ts';
import { causeOf, fail, ok, warn, type Finding } from './finding.ts';

const STALE_DAYS = 7;
const DAY_MS = 86_400_000;
const Info = z.object({ pid: z.int(), since: z.string() });

/** A store as it was found, for what is looked at next. */
export interface FoundStore {
  findings: Finding[];
  batches: readonly BatchInfo[];
  /** Bytes of the data questions are read from. */
  generationBytes: number;
}

/** Looks at a store without changing it; a server or an import may be at work in it. `now` in milliseconds. */
export async function examineStore(folder: string, now: number): Promise<FoundStore> {
  const layout = layoutOf(folder);
  const empty = { batches: [], generationBytes: 0 };
  try {
    const settings = await readSettings(layout);
    const batches = await readLayers(layout);
    if (settings === undefined && batches.length === 0)
      return {
        ...empty,
        findings: [
          await writable(folder, warn('store', `${folder} is empty`, 'run sama import, or sama serve --demo')),
        ],
      };
    const broken = await brokenLayer(layout, batches);
    const { finding, bytes } =
      broken === undefined ? await generationOf(layout, batches) : { finding: broken, bytes: 0 };
    const findings = [await writable(folder, finding), await writerOf(layout), ...importsOf(folder, batches, now)];
    return { findings, batches, generationBytes: bytes };
  } catch (error) {
    const finding = fail(
      'store',
      causeOf(error),
      'do what the message says, or bring a backup back: sama restore BACKUP --store FOLDER',
    );
    return { ...empty, findings: [finding] };
  }
}

/** What was found, unless the folder cannot be written. */
async function writable(folder: string, found: Finding): Promise<Finding> {
  try {
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return found;
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return found;
    return fail('store', `${folder} cannot be written`, 'give the folder to the user Sama runs as');
  }
}

/** The first layer with a file that is not there or not whole: Parquet begins and ends with its name. */
async function brokenLayer(layout: Layout, batches: readonly BatchInfo[]): Promise<Finding | undefined> {
  for (const { batch, activities, figures } of batches) {
    const files = [
      RECORDS_FILE,
      EVENTS_FILE,
      ...(activities > 0 ? [ACTIVITIES_FILE] : []),
      ...(figures > 0 ? [FIGURES_FILE] : []),
    ];
    for (const file of files) {
      const path = join(layout.layer(batch), file);
      if (!(await isParquet(path)))
        return fail(
          'store',
          `${path} is missing or damaged`,
          `bring a backup back, or give the batch up: sama import --undo ${batch}`,
        );
    }
  }
  return undefined;
}

async function isParquet(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const ends = [0, size - 4].map((at) => file.read(Buffer.alloc(4), 0, 4, at));
      return size > 8 && (await Promise.all(ends)).every(({ buffer }) => buffer.toString('latin1') === 'PAR1');
    } finally {
      await file.close();
    }
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** The data questions are read from. It is built from the layers, so nothing is lost with it. */
async function generationOf(
  layout: Layout,
  batches: readonly BatchInfo[],
): Promise<{ finding: Finding; bytes: number }> {
  const rebuild = 'start the server, or import something: the data of the questions is built anew from the layers';
  const name = (await readIfThere(layout.current))?.trim() ?? '';
  if (name === '') return { finding: warn('store', 'there is no data to read yet', rebuild), bytes: 0 };
  const path = layout.generation(name);
  try {
    const { dataVersion } = await readGeneration(path);
    const { size } = await stat(path);
    const finding =
      dataVersion === dataVersionOf(batches)
        ? ok('store', `version ${SCHEMA_VERSION}, ${batches.length} ${batches.length === 1 ? 'batch' : 'batches'}`)
        : warn('store', 'the data of the questions is of other layers', rebuild);
    return { finding, bytes: size };
  } catch (error) {
    return { finding: warn('store', `the data of the questions cannot be read: ${causeOf(error)}`, rebuild), bytes: 0 };
  }
}

/** Who writes the store now. A lock ends with its process, so what is left of one is no harm. */
async function writerOf(layout: Layout): Promise<Finding> {
  const text = await readIfThere(layout.lockInfo);
  const info = text === undefined ? undefined : parseJson(Info, layout.lockInfo, text);
  if (info !== undefined && isAlive(info.pid))
    return ok('writer', `pid ${info.pid} writes the store since ${info.since}`);
  const left = await readdir(layout.temporary).catch(() => []);
  if (info !== undefined || left.length > 0)
    return warn(
      'writer',
      'an import was ended before it was done',
      'nothing was kept of it; the next start or import removes what is left, so import the file again',
    );
  return ok('writer', 'nobody writes the store');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Of another user, so it is there.
    return fileErrorCode(error) === 'EPERM';
  }
}

/** How old what was imported is, and whether rows of the last batch were refused. */
function importsOf(folder: string, batches: readonly BatchInfo[], now: number): Finding[] {
  const last = batches.at(-1);
  if (last === undefined) return [];
  const days = Math.floor((now - Date.parse(last.importedAt)) / DAY_MS);
  const { refused, read } = last.rows;
  const rejects = join(folder, 'rejects', `${last.batch}.csv`);
  return [
    days >= STALE_DAYS && !last.demo
      ? warn('imports', `the last import is ${days} days old`, 'run sama import or sama sync, and let a timer do it')
      : ok('imports', `the last is ${last.batch}, ${last.importedAt.slice(0, 16)}Z`),
    refused > 0
      ? warn(
          'rejects',
          `the last import refused ${refused} of ${read} rows`,
          `read why in ${rejects}, mend the source and import it again`,
        )
      : ok('rejects', 'the last import refused no row'),
  ];
}
