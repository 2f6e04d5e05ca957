import type { EntityRecord, EntityType, StageEvent } from '../contracts/index.ts';
import { isDay } from '../time/index.ts';
import { Dictionary, Growing } from './columns.ts';
import { Entities } from './entities.ts';

/** Marks an event whose time is a day; its day is in another column. */
const NO_INSTANT = Number.NaN;
const NO_DAY = -2147483648;
const DAY_MS = 86_400_000;

/** The events of one entity type, side by side. */
export interface EventColumns {
  length: number;
  entity: Int32Array;
  stage: Uint16Array;
  /** Milliseconds, or NaN for a day. */
  at: Float64Array;
  /** Days since 1970, where `at` is NaN. */
  day: Int32Array;
  /** What the event gives as its reason, by its code; −1 for nothing. */
  reason: Int32Array;
}

export interface Dataset {
  entities: Readonly<Record<EntityType, Entities>>;
  events: Readonly<Record<EntityType, EventColumns>>;
  stages: Dictionary;
  reasons: Dictionary;
}

interface Pending {
  entity: Growing<Int32Array>;
  stage: Growing<Uint16Array>;
  at: Growing<Float64Array>;
  day: Growing<Int32Array>;
  reason: Growing<Int32Array>;
  system: Growing<Uint16Array>;
  /** Kept only until doubles and replaced events are out. */
  recordIds: string[];
  fields: (string | undefined)[];
  /** entity → `system recordId` that is replaced → the event that replaces it, or −1 when several do. */
  replaced: Map<number, Map<string, number>>;
}

const pending = (): Pending => ({
  entity: new Growing((n) => new Int32Array(n)),
  stage: new Growing((n) => new Uint16Array(n)),
  at: new Growing((n) => new Float64Array(n)),
  day: new Growing((n) => new Int32Array(n)),
  reason: new Growing((n) => new Int32Array(n)),
  system: new Growing((n) => new Uint16Array(n)),
  recordIds: [],
  fields: [],
  replaced: new Map(),
});

/** Takes records and events one by one and packs them into columns. */
class DatasetBuilder {
  readonly #entities = {
    person: new Entities('person'),
    account: new Entities('account'),
    opportunity: new Entities('opportunity'),
  };
  readonly #pending = { person: pending(), account: pending(), opportunity: pending() };
  readonly #stages = new Dictionary();
  readonly #reasons = new Dictionary();
  readonly #systems = new Dictionary();

  addRecord(record: EntityRecord): void {
    this.#entities[record.entityType].add(record);
  }

  addEvent(event: StageEvent): void {
    const into = this.#pending[event.entityType];
    const entity = this.#entities[event.entityType].row(event.entityId);
    const day = isDay(event.at);
    const ms = Date.parse(event.at);
    if (Number.isNaN(ms))
      throw new RangeError(
        `event of ${event.entityType} ${event.entityId}: at "${event.at}" is neither a day nor an instant`,
      );
    into.entity.push(entity);
    into.stage.push(this.#stages.code(event.stage));
    into.at.push(day ? NO_INSTANT : ms);
    into.day.push(day ? Math.round(ms / DAY_MS) : NO_DAY);
    into.reason.push(event.reason === undefined || event.reason === '' ? -1 : this.#reasons.code(event.reason));
    into.system.push(this.#systems.code(event.source.system));
    into.recordIds.push(event.source.recordId);
    into.fields.push(event.source.field);
    if (event.supersedes !== undefined) {
      const key = `${event.source.system}\n${event.supersedes}`;
      const by = into.replaced.get(entity) ?? new Map<string, number>();
      by.set(key, by.has(key) ? -1 : into.entity.length - 1);
      into.replaced.set(entity, by);
    }
  }

  build(): Dataset {
    const events = {
      person: this.#pack('person'),
      account: this.#pack('account'),
      opportunity: this.#pack('opportunity'),
    };
    return { entities: this.#entities, events, stages: this.#stages, reasons: this.#reasons };
  }

  /** Sorts by entity, leaving out replaced events and doubles (rules 1.1 and 1.2). */
  #pack(type: EntityType): EventColumns {
    const from = this.#pending[type];
    const n = from.entity.length;
    const starts = entityOffsets(from.entity.view(), n, this.#entities[type].size);
    const order = new Int32Array(n);
    const next = starts.slice();
    const entityOf = from.entity.view();
    for (let i = 0; i < n; i++) {
      const entity = entityOf[i] ?? 0;
      const slot = next[entity] ?? 0;
      order[slot] = i;
      next[entity] = slot + 1;
    }
    const packed: EventColumns = {
      length: 0,
      entity: new Int32Array(n),
      stage: new Uint16Array(n),
      at: new Float64Array(n),
      day: new Int32Array(n),
      reason: new Int32Array(n),
    };
    for (let e = 0; e + 1 < starts.length; e++)
      this.#packEntity(from, order, starts[e] ?? 0, starts[e + 1] ?? 0, packed);
    from.recordIds.length = 0;
    from.fields.length = 0;
    return packed;
  }

  #packEntity(from: Pending, order: Int32Array, start: number, end: number, packed: EventColumns): void {
    const first = packed.length;
    const kept: number[] = [];
    // Comparing pairs is cheapest for the usual few events; a set keeps a thousand-event entity linear.
    const seen = end - start > 24 ? new Set<string>() : null;
    for (let k = start; k < end; k++) {
      const i = order[k] ?? 0;
      const entity = from.entity.at(i);
      const system = this.#systems.values[from.system.at(i)] ?? '';
      const replacedBy = from.replaced.get(entity)?.get(`${system}\n${from.recordIds[i] ?? ''}`);
      if (replacedBy !== undefined && replacedBy !== i) continue;
      if (seen === null ? kept.some((other) => isDouble(from, i, other)) : seen.has(doubleKey(from, i))) continue;
      seen?.add(doubleKey(from, i));
      kept.push(i);
      packed.entity[packed.length] = entity;
      packed.stage[packed.length] = from.stage.at(i);
      packed.at[packed.length] = from.at.at(i);
      packed.day[packed.length] = from.day.at(i);
      packed.reason[packed.length] = from.reason.at(i);
      packed.length = first + kept.length;
    }
  }
}

function isDouble(from: Pending, a: number, b: number): boolean {
  return (
    from.stage.at(a) === from.stage.at(b) &&
    Object.is(from.at.at(a), from.at.at(b)) &&
    from.day.at(a) === from.day.at(b) &&
    from.system.at(a) === from.system.at(b) &&
    from.recordIds[a] === from.recordIds[b] &&
    from.fields[a] === from.fields[b]
  );
}

function doubleKey(from: Pending, i: number): string {
  return JSON.stringify([
    from.stage.at(i),
    from.at.at(i),
    from.day.at(i),
    from.system.at(i),
    from.recordIds[i],
    from.fields[i],
  ]);
}

/** Where each entity's events begin, one more entry than entities. */
export function entityOffsets(entity: Int32Array, length: number, entities: number): Int32Array {
  const offsets = new Int32Array(entities + 1);
  for (let i = 0; i < length; i++) {
    const at = (entity[i] ?? 0) + 1;
    offsets[at] = (offsets[at] ?? 0) + 1;
  }
  for (let e = 1; e <= entities; e++) offsets[e] = (offsets[e] ?? 0) + (offsets[e - 1] ?? 0);
  return offsets;
}

/** Packs records and events. @throws RangeError on a date that is neither day nor instant. */
export function packDataset(records: Iterable<EntityRecord>, events: Iterable<StageEvent>): Dataset {
  const builder = new DatasetBuilder();
  for (const record of records) builder.addRecord(record);
  for (const event of events) builder.addEvent(event);
  return builder.build();
}
