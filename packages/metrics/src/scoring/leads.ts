import type { Criteria, Scalar } from '../contracts/index.ts';
import { fieldsOf } from '../contracts/index.ts';
import { criteriaOf } from '../contracts/score-faults.ts';
import type { ActivityRow, RecordRow, RowReader } from '../rows/plan.ts';
import type { AccountLead, Activity, Facts, Lead, ScoringModel } from './contracts.ts';

/** Whom a question rates, and for which moment. */
export interface LeadScope {
  where?: Criteria;
  asOf: number;
  timeZone: string;
}

/** The persons in scope with the facts and activities that the model reads. */
export async function readLeads(
  model: ScoringModel,
  scope: LeadScope,
  reader: RowReader,
  signal: AbortSignal | undefined,
): Promise<Lead[]> {
  const reads = fieldsReadBy(model);
  const persons = await readFacts('person', [...reads.person, 'accountId'], scope, reader, signal);
  const accounts = await accountsOf(reads.account, scope, reader, signal);
  const activities = await activitiesByPerson(model, reads.activity, scope, reader, signal);
  return persons.map(({ id, accountId, facts }): Lead => {
    const account = accountId === null ? undefined : accounts.get(accountId);
    return {
      id,
      person: facts,
      ...(account === undefined ? {} : { account }),
      activities: activities.get(id) ?? [],
    };
  });
}

/** The accounts in scope with their people: those whose record names the account. */
export async function readAccountLeads(
  model: ScoringModel,
  scope: LeadScope,
  reader: RowReader,
  signal: AbortSignal | undefined,
): Promise<AccountLead[]> {
  const reads = fieldsReadBy(model);
  const { where: _, ...all } = scope;
  const accounts = await readFacts('account', reads.account, scope, reader, signal);
  const persons = await readFacts('person', [...reads.person, 'accountId'], all, reader, signal);
  const activities = await activitiesByPerson(model, reads.activity, scope, reader, signal);
  const people = new Map<string, Lead[]>();
  for (const { id, accountId, facts } of persons) {
    if (accountId === null) continue;
    const lead = { id, person: facts, activities: activities.get(id) ?? [] };
    const known = people.get(accountId);
    if (known === undefined) people.set(accountId, [lead]);
    else known.push(lead);
  }
  return accounts.map(({ id, facts }) => ({ id, account: facts, people: people.get(id) ?? [] }));
}

type Reads = Record<'person' | 'account' | 'activity', string[]>;

/** The fields that the criteria of a model read, of whom. */
function fieldsReadBy(model: ScoringModel): Reads {
  const read = { person: new Set<string>(), account: new Set<string>(), activity: new Set<string>() };
  for (const { of, criteria } of criteriaOf(model)) for (const field of fieldsOf(criteria)) read[of].add(field);
  return { person: [...read.person], account: [...read.account], activity: [...read.activity] };
}

interface KnownFacts {
  id: string;
  accountId: string | null;
  facts: Facts;
}

async function readFacts(
  of: 'person' | 'account',
  fields: readonly string[],
  scope: LeadScope,
  reader: RowReader,
  signal: AbortSignal | undefined,
): Promise<KnownFacts[]> {
  const distinct = [...new Set(fields)].filter((field) => field !== 'id');
  const rows = await reader.rows({ of, fields: distinct, ...scope }, signal);
  return rows.map((row) => {
    const facts = factsOf(row, distinct);
    return { id: row.id, accountId: facts.accountId ?? null, facts };
  });
}

async function accountsOf(
  fields: readonly string[],
  { where: _, ...all }: LeadScope,
  reader: RowReader,
  signal: AbortSignal | undefined,
): Promise<Map<string, Facts>> {
  if (fields.length === 0) return new Map();
  const accounts = await readFacts('account', fields, all, reader, signal);
  return new Map(accounts.map(({ id, facts }) => [id, facts]));
}

function factsOf({ id, values }: RecordRow, fields: readonly string[]): Facts {
  const value = (field: string): Scalar => values[fields.indexOf(field)] ?? null;
  const text = (field: string): string | undefined => {
    const found = value(field);
    return typeof found === 'string' ? found : undefined;
  };
  const amount = value('amount');
  return {
    id,
    owner: text('owner'),
    currency: text('currency'),
    accountId: text('accountId'),
    personId: text('personId'),
    campaignId: text('campaignId'),
    currentStage: text('currentStage'),
    amount: typeof amount === 'number' ? amount : undefined,
    attributes: attributesOf(fields, values),
  };
}

function attributesOf(fields: readonly string[], values: readonly Scalar[]): Record<string, Scalar> {
  const attributes: Record<string, Scalar> = {};
  fields.forEach((field, i) => {
    if (field.startsWith(ATTRIBUTES)) attributes[field.slice(ATTRIBUTES.length)] = values[i] ?? null;
  });
  return attributes;
}

const ATTRIBUTES = 'attributes.';

async function activitiesByPerson(
  { engagement: { signals } }: ScoringModel,
  fields: readonly string[],
  { asOf, timeZone }: LeadScope,
  reader: RowReader,
  signal: AbortSignal | undefined,
): Promise<Map<string, Activity[]>> {
  const names = [...new Set(signals.map(({ key, activity = key }) => activity))];
  const rows = await reader.activities({ names, fields, asOf, timeZone }, signal);
  const byPerson = new Map<string, Activity[]>();
  for (const row of rows) {
    if (row.personId === null) continue;
    const known = byPerson.get(row.personId);
    if (known === undefined) byPerson.set(row.personId, [activityOf(row, fields)]);
    else known.push(activityOf(row, fields));
  }
  return byPerson;
}

const activityOf = ({ name, at, values }: ActivityRow, fields: readonly string[]): Activity => ({
  name,
  at,
  attributes: attributesOf(fields, values),
});
