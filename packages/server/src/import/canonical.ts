import { ActivityEvent, EntityRecord, Figure, StageEvent } from '@sama/metrics/contracts';
import { isDay } from '@sama/metrics/time';
import { parseValue } from '../config/parse.ts';
import type { RecordChunk } from '../store/index.ts';
import { jsonTexts } from './json-source.ts';
import type { RejectSink } from './rejects.ts';
import type { OnProgress } from './source.ts';

export interface CanonicalOptions {
  knownStages: readonly string[];
  /** The last day that is not in the future, and its last millisecond. */
  today: string;
  endOfTodayMs: number;
}

/** Counts the elements of a canonical file as they pass. */
export interface CanonicalCounts {
  read: number;
  refused: number;
}

const CHUNK = 2000;

/** Why an element is refused. */
interface Wrong {
  field: string;
  reason: string;
  value?: string;
}

type Rows = Required<{ -readonly [list in keyof RecordChunk]: NonNullable<RecordChunk[list]>[number][] }>;
const noRows = (): Rows => ({ records: [], events: [], activities: [], figures: [] });
const sizeOf = (rows: Rows): number => Object.values(rows).reduce((sum, list) => sum + list.length, 0);

/**
 * Reads `{ "records": [...], "events": [...], "activities": [...], "figures": [...] }` in Sama's own
 * shape, element by element. What does not fit the contract, names an unknown stage or lies in the
 * future is refused with its line; a figure may speak of the future.
 */
export async function* canonicalChunks(
  path: string,
  options: CanonicalOptions,
  counts: CanonicalCounts,
  rejects: RejectSink,
  onProgress: OnProgress | undefined,
): AsyncGenerator<RecordChunk> {
  const known = new Set(options.knownStages);
  let rows = noRows();
  for await (const { list = '', text, line } of jsonTexts(path, false, onProgress)) {
    counts.read += 1;
    const value = parseJson(text);
    const wrong =
      'wrong' in value ? { field: list, reason: value.wrong } : take(rows, list, withBatch(value.data), known, options);
    if (wrong !== undefined) {
      counts.refused += 1;
      await rejects.add([
        { line, field: wrong.field, reason: wrong.reason, value: (wrong.value ?? text).slice(0, 200) },
      ]);
    }
    if (sizeOf(rows) >= CHUNK) {
      yield rows;
      rows = noRows();
    }
  }
  if (sizeOf(rows) > 0) yield rows;
}

/** Adds an element to its rows, or says what is wrong with it. */
function take(
  rows: Rows,
  list: string,
  value: unknown,
  known: ReadonlySet<string>,
  options: CanonicalOptions,
): Wrong | undefined {
  if (list === 'records') {
    const parsed = parseValue(EntityRecord, value);
    if ('wrong' in parsed) return { field: list, reason: parsed.wrong };
    const { currentStage } = parsed.data;
    if (currentStage !== undefined && !known.has(currentStage))
      return { field: 'currentStage', reason: unknownStage(options), value: currentStage };
    rows.records.push(parsed.data);
  } else if (list === 'events') {
    const parsed = parseValue(StageEvent, value);
    if ('wrong' in parsed) return { field: list, reason: parsed.wrong };
    const { stage, at } = parsed.data;
    if (!known.has(stage)) return { field: 'stage', reason: unknownStage(options), value: stage };
    if (isFuture(at, options)) return inFuture(at, options);
    rows.events.push(parsed.data);
  } else if (list === 'activities') {
    const parsed = parseValue(ActivityEvent, value);
    if ('wrong' in parsed) return { field: list, reason: parsed.wrong };
    if (isFuture(parsed.data.at, options)) return inFuture(parsed.data.at, options);
    rows.activities.push(parsed.data);
  } else if (list === 'figures') {
    const parsed = parseValue(Figure, value);
    if ('wrong' in parsed) return { field: list, reason: parsed.wrong };
    rows.figures.push(parsed.data);
  } else return { field: list, reason: 'only "records", "events", "activities" and "figures" are read' };
  return undefined;
}

function parseJson(text: string): { data: unknown } | { wrong: string } {
  try {
    return { data: JSON.parse(text) };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}

/** The batch is that of this import, whatever the file says. */
function withBatch(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? { ...value, batch: 'import' } : value;
}

function unknownStage({ knownStages }: CanonicalOptions): string {
  return `unknown stage; known: ${knownStages.join(', ')}`;
}

function inFuture(at: string, { today }: CanonicalOptions): Wrong {
  return { field: 'at', reason: `the date is in the future, after ${today}`, value: at };
}

function isFuture(at: string, { today, endOfTodayMs }: CanonicalOptions): boolean {
  return isDay(at) ? at > today : Date.parse(at) > endOfTodayMs;
}
