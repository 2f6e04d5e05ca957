import type { EntityRecord, StageEvent } from '@sama/metrics/contracts';
import type { DemoOptions } from '../frame.ts';
import { demoChunks } from '../records.ts';
import { DAY, dayText, localDayOf, startOfDay } from '../time/berlin.ts';

/** One person as read back from records and events, corrections applied. */
export interface Found {
  id: string;
  record: EntityRecord;
  events: StageEvent[];
  /** Of the linked opportunity. */
  dealEvents: StageEvent[];
}

/** The moment of an event; a day counts from its start. */
export const momentOf = (event: StageEvent): number =>
  event.at.length === 10 ? startOfDay(Date.parse(event.at) / DAY) : Date.parse(event.at);

/** The local day of an event. */
export const dayOfEvent = (event: StageEvent): string =>
  event.at.length === 10 ? event.at : dayText(localDayOf(Date.parse(event.at)));

/** Reads a company back: what anyone with the events alone could know. */
export function readCompany(options: DemoOptions) {
  const persons = new Map<string, Found>();
  const unlinked: EntityRecord[] = [];
  const accounts: EntityRecord[] = [];
  const all: StageEvent[] = [];
  const personOf = new Map<string, string>();
  for (const chunk of demoChunks(options)) {
    for (const record of chunk.records) {
      if (record.entityType === 'person') {
        persons.set(record.id, { id: record.id, record, events: [], dealEvents: [] });
      } else if (record.entityType === 'account') accounts.push(record);
      else if (record.personId === undefined) unlinked.push(record);
      else personOf.set(record.id, record.personId);
    }
    const replaced = new Set(
      chunk.events.flatMap((e) => (e.supersedes === undefined ? [] : [`${e.entityId} ${e.supersedes}`])),
    );
    for (const event of chunk.events) {
      all.push(event);
      if (replaced.has(`${event.entityId} ${event.source.recordId}`)) continue;
      if (event.entityType === 'person') persons.get(event.entityId)?.events.push(event);
      else persons.get(personOf.get(event.entityId) ?? '')?.dealEvents.push(event);
    }
  }
  return { persons: [...persons.values()], unlinked, accounts, all };
}

/** The first event of a stage. */
export const first = (found: Found, stage: string): StageEvent | undefined =>
  found.events.find((e) => e.stage === stage) ?? found.dealEvents.find((e) => e.stage === stage);

/** Whether a person has an event of a stage at most so many days after its lead event. */
export function reachedWithin(found: Found, stage: string, days: number): boolean {
  const lead = first(found, 'lead');
  const event = first(found, stage);
  return lead !== undefined && event !== undefined && momentOf(event) - momentOf(lead) <= days * DAY;
}

/** Persons whose first event of a stage lies on days `[from, to)`. */
export function enteredOn(persons: readonly Found[], stage: string, range: { from: string; to: string }): Found[] {
  return persons.filter((p) => {
    const event = first(p, stage);
    if (event === undefined) return false;
    const day = dayOfEvent(event);
    return day >= range.from && day < range.to;
  });
}

export const shareOf = (persons: readonly Found[], test: (found: Found) => boolean): number =>
  persons.filter(test).length / persons.length;

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
