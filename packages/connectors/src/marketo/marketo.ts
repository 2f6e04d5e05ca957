import type { ActivityMapping, Mapping } from '@sama/metrics/contracts';
import { tally, type Connector, type Page, type Plan, type Range, type Row, type Stream } from '../port/connector.ts';
import { ConnectorError } from '../port/errors.ts';
import type { Surroundings } from '../port/settings.ts';
import { Places } from '../port/places.ts';
import { stageRow, stageTable } from '../port/stage-rows.ts';
import { stageOf } from '../port/stages.ts';
import {
  MarketoClient,
  type ActivityPage,
  type MarketoActivity,
  type MarketoLead,
  type MarketoOptions,
} from './client.ts';

/** Kinds of activities that say where somebody stands. Their numbers are the same in every instance. */
const NEW_LEAD = 12;
const CHANGE_VALUE = 13;
const CHANGE_STAGE = [101, 102];
/** Kinds that are kept as activities unless the settings name more: forms, clicks in mails, moments, progress in programs. */
const USUAL_KINDS = [2, 11, 46, 104];
/** Kept of each lead unless the settings name more. Nothing here says who somebody is. */
const USUAL_FIELDS = ['leadStatus', 'leadSource', 'leadScore', 'country', 'industry', 'originalSourceType'];
/** Kinds in one request. */
const KINDS = 10;
/** Marketo keeps activities for 25 months at most. */
const OLDEST_MS = 25 * 31 * 24 * 3_600_000;

const NUMBERS = new Set(['integer', 'float', 'currency', 'percent', 'score']);

/**
 * Reads the activities of Marketo: stages of the revenue model, changes of fields the settings give
 * stages for, what people did, and the leads they are about.
 * @beta
 */
export function marketoConnector(options: MarketoOptions, surroundings: Surroundings): Connector {
  const client = new MarketoClient(options);
  return {
    system: 'marketo',
    // Activities are written some time after they happened.
    overlapMs: 60 * 60_000,
    plan: (signal) => plan(client, surroundings, signal),
  };
}

/** What is known of the instance. */
interface Instance {
  client: MarketoClient;
  surroundings: Surroundings;
  prefix: string;
  kinds: ReadonlyMap<number, string>;
  /** Kinds to keep as activities. */
  kept: ReadonlySet<number>;
  /** Fields that are followed, by the name people see. */
  followed: ReadonlyMap<string, string>;
  fields: readonly string[];
}

async function plan(client: MarketoClient, surroundings: Surroundings, signal: AbortSignal | undefined): Promise<Plan> {
  const { settings } = surroundings;
  const kinds = await client.activityTypes(signal);
  const fields = await client.leadFields(signal);
  const notes: string[] = [];
  const kept = new Set(USUAL_KINDS.filter((kind) => kinds.has(kind)));
  for (const name of settings.attributes?.['activities'] ?? []) {
    const kind = [...kinds].find(([, own]) => own === name)?.[0];
    if (kind === undefined) notes.push(`There are no activities "${name}".`);
    else kept.add(kind);
  }
  const wished = settings.attributes?.['leads'] ?? [];
  for (const name of wished)
    if (!fields.has(name)) notes.push(`Leads have no field "${name}"; it was renamed or deleted, or may not be read.`);
  const followed = new Map<string, string>();
  for (const name of Object.keys(settings.stages ?? {})) {
    if (name === 'revenueStage' || name === 'newLead') continue;
    const field = fields.get(name);
    if (field === undefined) throw new ConnectorError('settings', `stages: leads have no field "${name}".`);
    followed.set(field.label, name);
  }
  const { personId } = settings;
  if (personId !== undefined && !fields.has(personId))
    throw new ConnectorError('settings', `personId: leads have no field "${personId}".`);
  const names = [...new Set([...USUAL_FIELDS, ...wished])].filter((name) => fields.has(name));
  const instance: Instance = {
    client,
    surroundings,
    prefix: settings.idPrefix ?? 'marketo:',
    kinds,
    kept,
    followed,
    fields: names,
  };
  const types = new Map(names.map((name) => [name, fields.get(name)?.type ?? '']));
  return { streams: [activities(instance, types, notes)], notes: [] };
}

function activities(instance: Instance, types: ReadonlyMap<string, string>, notes: readonly string[]): Stream {
  const { kinds, kept, followed, fields, surroundings } = instance;
  const people: Mapping = {
    v: 1,
    source: 'marketo',
    rows: 'records',
    entityType: 'person',
    id: 'id',
    attributes: Object.fromEntries(
      fields.map((name) => [
        name,
        NUMBERS.has(types.get(name) ?? '') ? { column: name, type: 'number' } : { column: name },
      ]),
    ),
  };
  const done: ActivityMapping = {
    v: 1,
    source: 'marketo',
    rows: 'activities',
    name: { column: 'name' },
    at: 'at',
    id: 'id',
    links: { personId: 'personId' },
    attributes: { subject: { column: 'subject' } },
  };
  const asked = [...new Set([NEW_LEAD, ...CHANGE_STAGE, ...(followed.size > 0 ? [CHANGE_VALUE] : []), ...kept])].filter(
    (kind) => kinds.has(kind),
  );
  const { personId } = surroundings.settings;
  return {
    name: 'activities',
    tables: [
      { name: 'leads', mapping: people, fields, newest: 'id' },
      stageTable('lead-stages', 'person', 'marketo'),
      { name: 'activities', mapping: done, fields: [] },
    ],
    reads: [...fields, ...(personId === undefined ? [] : [personId]), ...asked.map((kind) => `activities ${kind}`)],
    notes,
    read: (range, position, signal) => read(instance, asked, range, position, signal),
  };
}

/** A place in the parts of the kinds, ten at a time: the number of the part and the token in it. */
function placeOf(position: string | undefined): { part: number; token: string | undefined } {
  const [, part, token] = /^(\d+) (.*)$/s.exec(position ?? '') ?? [];
  return { part: Number(part ?? 0), token: token === '' ? undefined : token };
}

async function* read(
  instance: Instance,
  asked: readonly number[],
  range: Range,
  position: string | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<Page> {
  const { client } = instance;
  const since = range.from ?? new Date(Date.parse(range.until) - OLDEST_MS).toISOString();
  const begun = placeOf(position);
  for (let part = begun.part; part * KINDS < asked.length; part += 1) {
    const kinds = asked.slice(part * KINDS, (part + 1) * KINDS);
    const left = part === begun.part ? begun.token : undefined;
    let page = left === undefined ? undefined : await goOn(client, left, kinds, signal);
    page ??= await client.activities(await client.startAt(since, signal), kinds, signal);
    const places = new Places('Marketo says that there are more activities, and gives the same place again.');
    for (;;) {
      const { next, more, activities } = page;
      // The end of a part is the beginning of the next, which has no token yet.
      yield { ...(await make(instance, activities, signal)), position: more ? `${part} ${next}` : `${part + 1} ` };
      if (!more) break;
      page = await client.activities(places.next(next), kinds, signal);
    }
  }
}

/** The page at the token of an earlier sync; undefined when it is no longer known. What is read twice is one. */
async function goOn(
  client: MarketoClient,
  token: string,
  kinds: readonly number[],
  signal: AbortSignal | undefined,
): Promise<ActivityPage | undefined> {
  try {
    return await client.activities(token, kinds, signal);
  } catch (error) {
    if (error instanceof ConnectorError && error.code === 'refused') return undefined;
    throw error;
  }
}

async function make(
  instance: Instance,
  activities: readonly MarketoActivity[],
  signal: AbortSignal | undefined,
): Promise<Omit<Page, 'position'>> {
  const { client, prefix, surroundings, fields, kinds, kept } = instance;
  const { personId } = surroundings.settings;
  const found = { unsupported: {}, unmatched: {} };
  const leads = await client.leads(
    [...new Set(activities.map(({ leadId }) => leadId))],
    [...fields, ...(personId === undefined ? [] : [personId])],
    signal,
  );
  const person = (id: number): string => {
    const shared = personId === undefined ? undefined : leads.get(id)?.[personId];
    return shared === undefined || shared === null || shared === '' ? `${prefix}${id}` : String(shared);
  };
  const people: Row[] = [];
  for (const [id, lead] of leads) {
    if (personId !== undefined && !lead[personId]) tally(found.unmatched, `leads without ${personId}`);
    people.push({ id: person(id), ...columns(lead, fields) });
  }
  const changes: Row[] = [];
  const done: Row[] = [];
  for (const activity of activities) {
    const {
      leadId,
      activityDate: at,
      marketoGUID: id,
      activityTypeId: kind,
      primaryAttributeValue: subject,
    } = activity;
    if (!leads.has(leadId)) tally(found.unmatched, 'activities of leads that were deleted or merged');
    const stage = stageIn(instance, activity, found.unsupported);
    if (stage !== undefined) changes.push(stageRow(person(leadId), stage, at, id));
    if (kept.has(kind))
      done.push({
        id,
        name: keyOf(kinds.get(kind) ?? String(kind)),
        at,
        personId: person(leadId),
        subject: subject ?? null,
      });
  }
  return { rows: { leads: people, 'lead-stages': changes, activities: done }, count: activities.length, ...found };
}

/** The stage somebody entered by an activity. */
function stageIn(
  { followed, surroundings }: Instance,
  { activityTypeId: kind, primaryAttributeValue, attributes = [] }: MarketoActivity,
  unsupported: Record<string, number>,
): string | undefined {
  const valueOf = (name: string): string => String(attributes.find((one) => one.name === name)?.value ?? '');
  const field =
    kind === NEW_LEAD
      ? 'newLead'
      : CHANGE_STAGE.includes(kind)
        ? 'revenueStage'
        : kind === CHANGE_VALUE
          ? followed.get(primaryAttributeValue ?? '')
          : undefined;
  if (field === undefined) return undefined;
  const value = field === 'newLead' ? 'New Lead' : valueOf(field === 'revenueStage' ? 'New Stage' : 'New Value');
  if (value === '') return undefined;
  const meanings = field === 'newLead' ? { usual: () => ['inquiry', 'lead'], byName: false } : {};
  const stage = stageOf(field, { value, label: value }, surroundings, meanings);
  if (stage === undefined) tally(unsupported, `${field}: ${value}`);
  return stage ?? undefined;
}

/** `Fill Out Form` is the activity `fill-out-form`. */
function keyOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

function columns(lead: MarketoLead, names: readonly string[]): Row {
  return Object.fromEntries(names.map((name) => [name, lead[name] ?? null]));
}
