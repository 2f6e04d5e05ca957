import { EntityRecord, StageEvent } from '@sama/metrics/contracts';
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

/**
 * Reads `{ "records": [...], "events": [...] }` in Sama's own shape, element by element. What does
 * not fit the contract, names an unknown stage or lies in the future is refused with its line.
 */
export async function* canonicalChunks(
  path: string,
  options: CanonicalOptions,
  counts: CanonicalCounts,
  rejects: RejectSink,
  onProgress: OnProgress | undefined,
): AsyncGenerator<RecordChunk> {
  const known = new Set(options.knownStages);
  let records: EntityRecord[] = [];
  let events: StageEvent[] = [];
  for await (const { list = '', text, line } of jsonTexts(path, false, onProgress)) {
    counts.read += 1;
    const refuse = async (field: string, reason: string, value: string): Promise<void> => {
      counts.refused += 1;
      await rejects.add([{ line, field, reason, value: value.slice(0, 200) }]);
    };
    const value = parseJson(text);
    if ('wrong' in value) await refuse(list, value.wrong, text);
    else if (list === 'records') {
      // The batch is that of this import, whatever the file says.
      const parsed = parseValue(EntityRecord, withBatch(value.data));
      if ('wrong' in parsed) await refuse(list, parsed.wrong, text);
      else if (parsed.data.currentStage !== undefined && !known.has(parsed.data.currentStage))
        await refuse('currentStage', unknownStage(options), parsed.data.currentStage);
      else records.push(parsed.data);
    } else if (list === 'events') {
      const parsed = parseValue(StageEvent, withBatch(value.data));
      if ('wrong' in parsed) await refuse(list, parsed.wrong, text);
      else if (!known.has(parsed.data.stage)) await refuse('stage', unknownStage(options), parsed.data.stage);
      else if (isFuture(parsed.data.at, options))
        await refuse('at', `the date is in the future, after ${options.today}`, parsed.data.at);
      else events.push(parsed.data);
    } else await refuse(list, 'only "records" and "events" are read', text);
    if (records.length + events.length >= CHUNK) {
      yield { records, events };
      records = [];
      events = [];
    }
  }
  if (records.length + events.length > 0) yield { records, events };
}

function parseJson(text: string): { data: unknown } | { wrong: string } {
  try {
    return { data: JSON.parse(text) };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}

function withBatch(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? { ...value, batch: 'import' } : value;
}

function unknownStage({ knownStages }: CanonicalOptions): string {
  return `unknown stage; known: ${knownStages.join(', ')}`;
}

function isFuture(at: string, { today, endOfTodayMs }: CanonicalOptions): boolean {
  return isDay(at) ? at > today : Date.parse(at) > endOfTodayMs;
}
