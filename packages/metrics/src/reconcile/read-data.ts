import type { EntityRecord, StageEvent } from '../contracts/index.ts';
import { InputError } from '../errors.ts';
import type { Reading } from './contracts.ts';

/** Records and events, and what else an engine is made from. */
export interface ReadableData {
  records: readonly EntityRecord[];
  events: readonly StageEvent[];
}

/**
 * Records and events as one side reads them: without what was fetched later, merged records as one,
 * amounts in one currency. Nothing of the input is changed.
 *
 * @throws InputError for merges in a circle, or a currency without a rate.
 */
export function readData<D extends ReadableData>(data: D, { knownAt, merges, rates }: Reading): D {
  let { records, events } = data;
  if (knownAt !== undefined) {
    const until = Date.parse(knownAt);
    events = events.filter(({ source }) => source.fetchedAt === undefined || Date.parse(source.fetchedAt) <= until);
  }
  if (merges !== undefined) {
    const idOf = survivors(merges);
    const kept = new Set(records.filter((r) => idOf(r.entityType, r.id) === r.id).map(keyOf));
    records = records.flatMap((record) => {
      const merged = relinked(record, idOf);
      // What the survivor states stands; a merged record speaks only where there is no other.
      return merged.id === record.id || !kept.has(keyOf(merged)) ? [merged] : [];
    });
    events = events.map((event) => ({ ...event, entityId: idOf(event.entityType, event.entityId) }));
  }
  if (rates !== undefined) records = records.map((record) => converted(record, rates));
  return { ...data, records, events };
}

type IdOf = (entityType: EntityRecord['entityType'], id: string) => string;

const keyOf = ({ entityType, id }: EntityRecord): string => `${entityType} ${id}`;

function survivors(merges: NonNullable<Reading['merges']>): IdOf {
  const into = new Map(merges.map((merge) => [`${merge.entityType} ${merge.id}`, merge.into]));
  return (entityType, id) => {
    let at = id;
    for (let steps = 0; steps <= into.size; steps++) {
      const next = into.get(`${entityType} ${at}`);
      if (next === undefined) return at;
      at = next;
    }
    throw new InputError('reading.merges', `${entityType} "${id}" is merged in a circle`, 'name one that remains');
  };
}

function relinked(record: EntityRecord, idOf: IdOf): EntityRecord {
  const { id, personId, accountId } = record;
  return {
    ...record,
    id: idOf(record.entityType, id),
    ...(personId !== undefined && { personId: idOf('person', personId) }),
    ...(accountId !== undefined && { accountId: idOf('account', accountId) }),
  };
}

function converted(record: EntityRecord, { currency, per }: NonNullable<Reading['rates']>): EntityRecord {
  const { amount, currency: own } = record;
  if (amount === undefined || own === undefined || own === currency) return record;
  const rate = per[own];
  if (rate === undefined) {
    const remedy = `give ${currency} for one ${own}`;
    throw new InputError('reading.rates.per', `${own} of ${record.entityType} "${record.id}" has no rate`, remedy);
  }
  return { ...record, amount: Math.round(amount * rate), currency };
}
