import type { ActivityEvent, AnswerContext, EntityRecord, EntityType, StageEvent } from '../contracts/index.ts';
import { canonicalJson } from '../definitions/index.ts';
import { createMemoryEngine, type MemoryData } from '../engine/index.ts';
import type { Reading } from './contracts.ts';
import { readData } from './read-data.ts';
import { fromEngine, type Asker, type Reader } from './reader.ts';

interface Data {
  records: readonly EntityRecord[];
  events: readonly StageEvent[];
  activities: readonly ActivityEvent[];
}

/**
 * Reconciles numbers counted in memory from these records. Sides may read them differently
 * (`reading`), and `reconcileRecords` knows all ids.
 * @beta
 */
export function fromRecords(data: MemoryData, context: AnswerContext): Reader {
  const { records = [], events = [], activities = [] } = data;
  const raw: Data = { records: [...records], events: [...events], activities: [...activities] };
  const askers = new Map<string, Asker>();
  return {
    definitions: context.definitions,
    under(reading: Reading = {}) {
      const key = canonicalJson(reading);
      const asker = askers.get(key) ?? askerOf(readData(raw, reading), context);
      askers.set(key, asker);
      return asker;
    },
  };
}

function askerOf(data: Data, context: AnswerContext): Asker {
  return {
    ...fromEngine(createMemoryEngine(data), context).under(undefined),
    ids: (grain) => [
      ...new Set([
        ...data.records.filter((record) => record.entityType === grain).map(({ id }) => id),
        ...data.events.filter((event) => event.entityType === grain).map(({ entityId }) => entityId),
        // Somebody of whom only an opportunity is known.
        ...data.records.flatMap((record) => linkOf(record, grain) ?? []),
      ]),
    ],
    only: (grain, ids) => askerOf(about(data, grain, new Set(ids)), context),
  };
}

/** All that may count for these ids: their own records and events and those of opportunities that name them. */
function about(data: Data, grain: EntityType, ids: ReadonlySet<string>): Data {
  const linked = new Set(data.records.filter((r) => ids.has(linkOf(r, grain) ?? '')).map(({ id }) => id));
  const wanted = (entityType: EntityType, id: string): boolean =>
    (entityType === grain && ids.has(id)) || (entityType === 'opportunity' && linked.has(id));
  return {
    records: data.records.filter(({ entityType, id }) => wanted(entityType, id)),
    events: data.events.filter(({ entityType, entityId }) => wanted(entityType, entityId)),
    activities: data.activities,
  };
}

/** The id of this grain that an opportunity counts for. */
function linkOf({ entityType, personId, accountId }: EntityRecord, grain: EntityType): string | undefined {
  if (entityType !== 'opportunity') return undefined;
  return grain === 'person' ? personId : grain === 'account' ? accountId : undefined;
}
