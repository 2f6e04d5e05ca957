import type { Mapping } from '@sama/metrics/contracts';
import { tally, type Row, type Stream } from '../port/connector.ts';
import { stageRow, stageTable } from '../port/stage-rows.ts';
import type { StageValues } from '../port/stages.ts';
import { text, type SalesforceRecord } from './client.ts';
import { columns, groupBy, idsOf, ownerOf, pages, type Attributes, type Org } from './pages.ts';

/** What a company's own values of `Lead.Status` mean. */
export interface LeadStatus {
  stages: StageValues;
  /** Values a converted lead has. */
  converted: ReadonlySet<string>;
  /** The stage of a lead that was created, and of one that was converted; absent where nobody defined it. */
  created: string | undefined;
  becomes: string | undefined;
}

/**
 * Leads and the history of their status. A lead stays the person's first record when it is converted:
 * the contact it becomes is the same person.
 */
export function leads(org: Org, attributes: Attributes, status: LeadStatus): Stream {
  const { client, source } = org;
  const { created, becomes } = status;
  const mapping: Mapping = {
    v: 1,
    source,
    rows: 'records',
    entityType: 'person',
    id: 'id',
    links: { accountId: 'companyId' },
    owner: 'owner',
    attributes: attributes.rules,
    stages: [
      ...(created === undefined ? [] : [{ stage: created, at: 'CreatedDate' }]),
      ...(becomes === undefined ? [] : [{ stage: becomes, at: 'ConvertedDate' }]),
    ],
  };
  const reads = ['Id', 'OwnerId', 'Status', 'CreatedDate', 'ConvertedDate', 'ConvertedAccountId', ...attributes.names];
  return {
    name: 'leads',
    tables: [
      { name: 'leads', mapping, fields: ['companyId', 'owner', ...attributes.names] },
      stageTable('lead-stages', 'person', source),
    ],
    reads: [...new Set(reads), 'LeadHistory'],
    notes: [...attributes.notes, ...status.stages.notes],
    read: (range, position, signal) =>
      pages(org, 'Lead', [...new Set(reads)], range, position, signal, async (records, found) => {
        const history = groupBy(
          await client.queryOf(
            'SELECT Id, LeadId, Field, OldValue, NewValue, CreatedDate FROM LeadHistory WHERE',
            'LeadId',
            idsOf(records, 'Id'),
            `AND Field IN ('Status','leadConverted') ORDER BY CreatedDate, Id`,
            signal,
          ),
          'LeadId',
        );
        const changes: Row[] = [];
        const people = records.map((record) => {
          const id = org.prefix + (text(record, 'Id') ?? '');
          const past = history.get(text(record, 'Id') ?? '') ?? [];
          const conversion = past.find((row) => text(row, 'Field') === 'leadConverted');
          const at = conversion === undefined ? null : text(conversion, 'CreatedDate');
          if (at !== null && becomes !== undefined)
            changes.push(stageRow(id, becomes, at, text(conversion ?? {}, 'Id') ?? id));
          changes.push(...statusChanges(id, record, past, status, found.unsupported));
          if (past.length === 0) tally(found.unmatched, 'leads without a history of their status');
          const company = text(record, 'ConvertedAccountId');
          return {
            id,
            companyId: company === null ? null : org.prefix + company,
            owner: ownerOf(org, record),
            CreatedDate: text(record, 'CreatedDate'),
            // A day without a time; where the history has the moment, that is the better one.
            ConvertedDate: at === null ? text(record, 'ConvertedDate') : null,
            ...columns(record, attributes.names),
          };
        });
        return { leads: people, 'lead-stages': changes };
      }),
  };
}

function statusChanges(
  id: string,
  record: SalesforceRecord,
  past: readonly SalesforceRecord[],
  { stages, converted }: LeadStatus,
  unsupported: Record<string, number>,
): Row[] {
  const changed = past.filter((row) => text(row, 'Field') === 'Status');
  const changes: Row[] = [];
  const enter = (value: string | null, at: string | null, recordId: string): void => {
    // The conversion tells of these itself.
    if (value === null || at === null || converted.has(value)) return;
    const stage = stages.values.get(value);
    if (stage !== undefined) changes.push(stageRow(id, stage, at, recordId));
    else if (!stages.ignored.has(value)) tally(unsupported, `Lead.Status: ${stages.label(value)}`);
  };
  const [first] = changed;
  // What a lead was before its first change, it was from the beginning.
  if (first !== undefined) enter(text(first, 'OldValue'), text(record, 'CreatedDate'), `${id} Status`);
  for (const row of changed) enter(text(row, 'NewValue'), text(row, 'CreatedDate'), text(row, 'Id') ?? id);
  return changes;
}

/** The person each contact is: the first lead that was converted into it, else the contact itself. */
export async function personsOf(
  { client, prefix }: Org,
  contacts: readonly string[],
  signal: AbortSignal | undefined,
): Promise<(contact: string) => string> {
  const leads = await client.queryOf(
    'SELECT Id, ConvertedContactId FROM Lead WHERE',
    'ConvertedContactId',
    contacts,
    'ORDER BY CreatedDate, Id',
    signal,
  );
  const first = new Map<string, string>();
  for (const lead of leads) {
    const contact = text(lead, 'ConvertedContactId');
    const id = text(lead, 'Id');
    if (contact !== null && id !== null && !first.has(contact)) first.set(contact, id);
  }
  return (contact) => prefix + (first.get(contact) ?? contact);
}

/** Contacts. */
export function contacts(org: Org, attributes: Attributes): Stream {
  const mapping: Mapping = {
    v: 1,
    source: org.source,
    rows: 'records',
    entityType: 'person',
    id: 'id',
    links: { accountId: 'companyId' },
    owner: 'owner',
    attributes: attributes.rules,
  };
  const reads = [...new Set(['Id', 'AccountId', 'OwnerId', ...attributes.names])];
  return {
    name: 'contacts',
    tables: [{ name: 'contacts', mapping, fields: ['companyId', 'owner', ...attributes.names], newest: 'id' }],
    reads,
    notes: attributes.notes,
    read: (range, position, signal) =>
      pages(org, 'Contact', reads, range, position, signal, async (records, found) => {
        const person = await personsOf(org, idsOf(records, 'Id'), signal);
        return {
          contacts: records.map((record) => {
            const company = text(record, 'AccountId');
            if (company === null) tally(found.unmatched, 'contacts without an account');
            return {
              id: person(text(record, 'Id') ?? ''),
              companyId: company === null ? null : org.prefix + company,
              owner: ownerOf(org, record),
              ...columns(record, attributes.names),
            };
          }),
        };
      }),
  };
}

/** Accounts. */
export function accounts(org: Org, attributes: Attributes): Stream {
  const mapping: Mapping = {
    v: 1,
    source: org.source,
    rows: 'records',
    entityType: 'account',
    id: 'id',
    owner: 'owner',
    attributes: attributes.rules,
  };
  const reads = [...new Set(['Id', 'OwnerId', ...attributes.names])];
  return {
    name: 'accounts',
    tables: [{ name: 'accounts', mapping, fields: ['owner', ...attributes.names] }],
    reads,
    notes: attributes.notes,
    read: (range, position, signal) =>
      pages(org, 'Account', reads, range, position, signal, async (records) => ({
        accounts: records.map((record) => ({
          id: org.prefix + (text(record, 'Id') ?? ''),
          owner: ownerOf(org, record),
          ...columns(record, attributes.names),
        })),
      })),
  };
}
