import type { AttributeRule } from '@sama/metrics/contracts';
import type { Page, Range, Row } from '../port/connector.ts';
import { Places } from '../port/places.ts';
import { quoteId, text, type SalesforceClient, type SalesforceField, type SalesforceRecord } from './client.ts';

/** What all streams of an org share. */
export interface Org {
  client: SalesforceClient;
  source: string;
  prefix: string;
  /** The mail address of users and the name of queues, by id. */
  owners: ReadonlyMap<string, string>;
  currency: string;
}

export type Findings = { unsupported: Record<string, number>; unmatched: Record<string, number> };

/** Records of one page; what belongs to them is asked for by their ids. */
const PAGE = 500;

/** Pages of the records of an object that changed in a range, by ascending id. */
export async function* pages(
  { client }: Org,
  object: string,
  fields: readonly string[],
  range: Range,
  position: string | undefined,
  signal: AbortSignal | undefined,
  make: (
    records: readonly SalesforceRecord[],
    found: Findings,
    signal: AbortSignal | undefined,
  ) => Promise<Page['rows']>,
): AsyncGenerator<Page> {
  const places = new Places(`Salesforce gives the same records of ${object} again.`);
  let after = position;
  for (;;) {
    const where = [
      `SystemModstamp < ${range.until}`,
      ...(range.from === undefined ? [] : [`SystemModstamp >= ${range.from}`]),
      ...(after === undefined ? [] : [`Id > ${quoteId(after)}`]),
    ];
    const records = await client.query(
      `SELECT ${fields.join(', ')} FROM ${object} WHERE ${where.join(' AND ')} ORDER BY Id LIMIT ${PAGE}`,
      signal,
    );
    const last = text(records.at(-1) ?? {}, 'Id');
    if (last === null) return;
    const found: Findings = { unsupported: {}, unmatched: {} };
    yield { rows: await make(records, found, signal), position: last, count: records.length, ...found };
    if (records.length < PAGE) return;
    after = places.next(last);
  }
}

/** Fields to read of an object, and the attributes they become. */
export interface Attributes {
  names: readonly string[];
  rules: Record<string, AttributeRule>;
  notes: readonly string[];
}

const NUMBERS = new Set(['double', 'int', 'long', 'currency', 'percent']);

/** Those of `usual` the org has and shows, and those of `wished`, of which a missing one is told. */
export function attributesOf(
  object: string,
  fields: readonly SalesforceField[],
  usual: readonly string[],
  wished: readonly string[] = [],
): Attributes {
  const known = new Map(fields.map((field) => [field.name, field]));
  const names = [...new Set([...usual, ...wished])].filter((name) => known.has(name));
  const rules = names.map((name): [string, AttributeRule] => {
    const type = known.get(name)?.type ?? '';
    if (NUMBERS.has(type)) return [name, { column: name, type: 'number' }];
    if (type === 'boolean') return [name, { column: name, type: 'boolean' }];
    return [name, type === 'date' || type === 'datetime' ? { column: name, type: 'date' } : { column: name }];
  });
  const notes = wished
    .filter((name) => !known.has(name))
    .map((name) => `${object} has no field "${name}"; it was renamed or deleted, or may not be read.`);
  return { names, rules: Object.fromEntries(rules), notes };
}

/** Those of some fields the org has. */
export function readable(fields: readonly SalesforceField[], wanted: readonly string[]): string[] {
  const known = new Set(fields.map(({ name }) => name));
  return wanted.filter((name) => known.has(name));
}

/** Some fields as columns of the same names. */
export function columns(record: SalesforceRecord, names: readonly string[]): Row {
  return Object.fromEntries(names.map((name) => [name, text(record, name)]));
}

export function ownerOf({ owners }: Org, record: SalesforceRecord): string | null {
  const id = text(record, 'OwnerId');
  return id === null ? null : (owners.get(id) ?? id);
}

/** Ids of a field, each once. */
export function idsOf(records: readonly SalesforceRecord[], field: string): string[] {
  return [...new Set(records.flatMap((record) => text(record, field) ?? []))];
}

/** Records by the id in one of their fields, in their order. */
export function groupBy(records: readonly SalesforceRecord[], field: string): Map<string, SalesforceRecord[]> {
  const groups = new Map<string, SalesforceRecord[]>();
  for (const record of records) {
    const id = text(record, field);
    if (id === null) continue;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [record]);
    else group.push(record);
  }
  return groups;
}
