import type { EntityRecord, EntityType, Scalar } from '../contracts/index.ts';
import type { FieldReader } from '../criteria/index.ts';
import { Dictionary, ScalarColumn } from './columns.ts';

const LINKS = ['owner', 'currency', 'accountId', 'personId', 'campaignId', 'currentStage', 'amount'] as const;
type Link = (typeof LINKS)[number];

/** All entities of one type: who exists, and what their records say, column by column. */
export class Entities {
  readonly type: EntityType;
  readonly #ids = new Dictionary();
  readonly #links = new Map<string, ScalarColumn>();
  readonly #attributes = new Map<string, ScalarColumn>();
  #recorded = new Uint8Array(64);

  constructor(type: EntityType) {
    this.type = type;
  }

  get size(): number {
    return this.#ids.values.length;
  }

  /** The row of an id, made when new. */
  row(id: string): number {
    return this.#ids.code(id);
  }

  id(row: number): string {
    return this.#ids.values[row] ?? '';
  }

  /** Whether a record was given, not only events or links. */
  hasRecord(row: number): boolean {
    return this.#recorded[row] === 1;
  }

  /** A later record of an id overrides what it states and leaves the rest. */
  add(record: EntityRecord): void {
    const row = this.row(record.id);
    if (row >= this.#recorded.length) {
      const grown = new Uint8Array(Math.max(row + 1, this.#recorded.length * 2));
      grown.set(this.#recorded);
      this.#recorded = grown;
    }
    this.#recorded[row] = 1;
    for (const link of LINKS) {
      const value = record[link];
      if (value !== undefined) column(this.#links, link).set(row, value);
    }
    for (const [name, value] of Object.entries(record.attributes)) column(this.#attributes, name).set(row, value);
  }

  link(row: number, link: Link): Scalar {
    return this.#links.get(link)?.get(row) ?? null;
  }

  /** Reads stored fields; `stage` and `reached.*` are derived and must be offered by the caller. */
  readonly read: FieldReader = (field) => {
    if (field === 'id') return (row) => this.id(row);
    const values = field.startsWith('attributes.')
      ? this.#attributes.get(field.slice('attributes.'.length))
      : this.#links.get(field);
    return values === undefined ? () => null : (row) => values.get(row);
  };
}

function column<K>(columns: Map<K, ScalarColumn>, key: K): ScalarColumn {
  let values = columns.get(key);
  if (values === undefined) {
    values = new ScalarColumn();
    columns.set(key, values);
  }
  return values;
}
