import type { Mapping } from '@sama/metrics/contracts';
import { tally, type Page, type Range, type Row, type Stream } from '../port/connector.ts';
import { mergedInto, type HubSpotClient, type ObjectName } from './client.ts';
import type { Attributes } from './fields.ts';
import type { CrmObject } from './shapes.ts';
import { stageRow, stageTable } from '../port/stage-rows.ts';
import { entered, type Followed } from './stages.ts';

/** What all streams of an account share. */
export interface Account {
  client: HubSpotClient;
  source: string;
  prefix: string;
  owners: ReadonlyMap<string, string>;
  currency: string;
  /** The property that holds the id another source knows a contact by. */
  personId: string | undefined;
}

type Findings = { unsupported: Record<string, number>; unmatched: Record<string, number> };
type Make = (records: readonly CrmObject[], found: Findings, signal: AbortSignal | undefined) => Promise<Page['rows']>;

/** Pages of the records of an object that changed in a range, by ascending id. */
async function* pages(
  { client }: Account,
  object: ObjectName,
  properties: readonly string[],
  history: readonly string[],
  range: Range,
  position: string | undefined,
  signal: AbortSignal | undefined,
  make: Make,
): AsyncGenerator<Page> {
  const modified = object === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate';
  let afterId = position;
  for (;;) {
    const { ids, total } = await client.search(
      object,
      { modified, from: range.from, until: range.until, afterId },
      signal,
    );
    const last = ids.at(-1);
    if (last === undefined) return;
    const records = await client.read(object, ids, properties, history, signal);
    const found: Findings = { unsupported: {}, unmatched: {} };
    yield {
      rows: await make(records, found, signal),
      position: last,
      count: records.length,
      remaining: total,
      ...found,
    };
    // A page may hold fewer than were asked for although more are there; the total decides.
    if (ids.length >= total) return;
    afterId = last;
  }
}

/** The texts of some properties as columns of the same names. */
function columns(record: CrmObject, names: readonly string[]): Row {
  return Object.fromEntries(names.map((name) => [name, record.properties[name] || null]));
}

/** The person each contact is here, by the id of the contact. */
async function persons(
  { client, personId, prefix }: Account,
  contacts: readonly string[],
  signal: AbortSignal | undefined,
): Promise<(contact: string) => string> {
  if (personId === undefined) return (contact) => prefix + contact;
  const records = await client.read('contacts', [...new Set(contacts)], [personId], [], signal);
  // A contact that was merged is known by what it was merged into.
  const named = records.flatMap((record) =>
    [record.id, ...mergedInto(record)].map((id) => [id, record.properties[personId] || prefix + record.id] as const),
  );
  const shared = new Map(named);
  return (contact) => shared.get(contact) ?? prefix + contact;
}

function ownerOf({ owners }: Account, record: CrmObject): string | null {
  const id = record.properties['hubspot_owner_id'];
  return id ? (owners.get(id) ?? id) : null;
}

/** Companies. */
export function companies(account: Account, attributes: Attributes): Stream {
  const mapping: Mapping = {
    v: 1,
    source: account.source,
    rows: 'records',
    entityType: 'account',
    id: 'id',
    owner: 'owner',
    attributes: attributes.rules,
  };
  const reads = ['hubspot_owner_id', ...attributes.names];
  return {
    name: 'companies',
    tables: [{ name: 'companies', mapping, fields: ['owner', ...attributes.names] }],
    reads,
    notes: attributes.notes,
    read: (range, position, signal) =>
      pages(account, 'companies', reads, [], range, position, signal, async (records) => ({
        companies: records.map((record) => ({
          id: account.prefix + record.id,
          owner: ownerOf(account, record),
          ...columns(record, attributes.names),
        })),
      })),
  };
}

/** Contacts, and the stages they went through by each followed property. */
export function contacts(account: Account, attributes: Attributes, followed: readonly Followed[]): Stream {
  const { prefix, personId, source } = account;
  const mapping: Mapping = {
    v: 1,
    source,
    rows: 'records',
    entityType: 'person',
    id: 'id',
    links: { accountId: 'companyId' },
    owner: 'owner',
    attributes: attributes.rules,
  };
  const history = followed.map(({ property }) => property);
  const reads = [
    ...new Set([
      'associatedcompanyid',
      'hubspot_owner_id',
      ...(personId === undefined ? [] : [personId]),
      ...attributes.names,
      ...followed.flatMap(({ stamps }) => [...stamps.values()]),
    ]),
  ];
  return {
    name: 'contacts',
    tables: [
      { name: 'contacts', mapping, fields: ['companyId', 'owner', ...attributes.names] },
      stageTable('contact-stages', 'person', source),
    ],
    reads: [...reads, ...history.map((property) => `history of ${property}`)],
    notes: [...attributes.notes, ...followed.flatMap(({ stages }) => stages.notes)],
    read: (range, position, signal) =>
      pages(account, 'contacts', reads, history, range, position, signal, async (records, found) => {
        const people: Row[] = [];
        const changes: Row[] = [];
        for (const record of records) {
          const shared = personId === undefined ? undefined : record.properties[personId];
          if (personId !== undefined && !shared) tally(found.unmatched, `contacts without ${personId}`);
          const id = shared || prefix + record.id;
          const company = record.properties['associatedcompanyid'];
          people.push({
            id,
            companyId: company ? prefix + company : null,
            owner: ownerOf(account, record),
            ...columns(record, attributes.names),
          });
          for (const one of followed)
            for (const { stage, at } of entered(record, one, found.unsupported))
              changes.push(stageRow(id, stage, at, `contact ${record.id} ${one.property}`));
        }
        return { contacts: people, 'contact-stages': changes };
      }),
  };
}

/** Deals, and the stages they went through. */
export function deals(
  account: Account,
  attributes: Attributes,
  followed: Followed,
  created: string | undefined,
): Stream {
  const { client, prefix, source, currency } = account;
  const mapping: Mapping = {
    v: 1,
    source,
    rows: 'records',
    entityType: 'opportunity',
    id: 'id',
    links: { personId: 'personId', accountId: 'companyId' },
    owner: 'owner',
    amount: { column: 'amount', currency: { column: 'currency' }, decimal: '.' },
    attributes: attributes.rules,
  };
  const reads = [
    ...new Set([
      'amount',
      'deal_currency_code',
      'hubspot_owner_id',
      'createdate',
      'closed_lost_reason',
      ...attributes.names,
      ...followed.stamps.values(),
    ]),
  ];
  return {
    name: 'deals',
    tables: [
      { name: 'deals', mapping, fields: ['personId', 'companyId', 'owner', 'amount', ...attributes.names] },
      stageTable('deal-stages', 'opportunity', source),
    ],
    reads: [...reads, `history of ${followed.property}`],
    notes: [...attributes.notes, ...followed.stages.notes],
    read: (range, position, signal) =>
      pages(account, 'deals', reads, [followed.property], range, position, signal, async (records, found) => {
        const ids = records.map(({ id }) => id);
        const contactOf = await client.associated('deals', 'contacts', ids, signal);
        const companyOf = await client.associated('deals', 'companies', ids, signal);
        const person = await persons(account, [...contactOf.values()], signal);
        const changes: Row[] = [];
        const rows = records.map((record) => {
          const id = prefix + record.id;
          const contact = contactOf.get(record.id);
          const company = companyOf.get(record.id);
          if (contact === undefined) tally(found.unmatched, 'deals without a contact');
          const opened = record.properties['createdate'];
          if (opened && created !== undefined)
            changes.push(stageRow(id, created, opened, `deal ${record.id} createdate`));
          for (const { stage, at } of entered(record, followed, found.unsupported)) {
            const reason = stage === 'lost' ? record.properties['closed_lost_reason'] || null : null;
            if (stage !== created) changes.push(stageRow(id, stage, at, `deal ${record.id}`, reason));
          }
          return {
            id,
            personId: contact === undefined ? null : person(contact),
            companyId: company === undefined ? null : prefix + company,
            owner: ownerOf(account, record),
            amount: record.properties['amount'] || null,
            currency: record.properties['deal_currency_code'] || currency,
            ...columns(record, attributes.names),
          };
        });
        return { deals: rows, 'deal-stages': changes };
      }),
  };
}

/** Leads: what sales does with a contact before there is a deal. They are stages of that person. */
export function leads(account: Account, followed: Followed): Stream {
  const { client, source } = account;
  const reads = ['hs_lead_disqualification_reason', ...followed.stamps.values()];
  return {
    name: 'leads',
    tables: [stageTable('lead-stages', 'person', source)],
    reads: [...reads, `history of ${followed.property}`],
    notes: followed.stages.notes,
    read: (range, position, signal) =>
      pages(account, 'leads', reads, [followed.property], range, position, signal, async (records, found) => {
        const contactOf = await client.associated(
          'leads',
          'contacts',
          records.map(({ id }) => id),
          signal,
        );
        const person = await persons(account, [...contactOf.values()], signal);
        const changes: Row[] = [];
        for (const record of records) {
          const contact = contactOf.get(record.id);
          if (contact === undefined) {
            tally(found.unmatched, 'leads without a contact');
            continue;
          }
          for (const { stage, at } of entered(record, followed, found.unsupported)) {
            const reason =
              stage === 'disqualified' ? record.properties['hs_lead_disqualification_reason'] || null : null;
            changes.push(stageRow(person(contact), stage, at, `lead ${record.id}`, reason));
          }
        }
        return { 'lead-stages': changes };
      }),
  };
}
