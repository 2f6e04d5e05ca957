import type {
  AnswerContext,
  AttributionAnswer,
  AttributionQuestion,
  Criteria,
  JourneySource,
  Scalar,
  TouchRule,
  TouchValue,
} from '../contracts/index.ts';
import { fieldsOf } from '../contracts/index.ts';
import { compileCriteria, type FieldReader } from '../criteria/index.ts';
import { findStageFunnel } from '../definitions/funnels.ts';
import { sha256Hex } from '../definitions/hash.ts';
import { QuestionError } from '../errors.ts';
import { joinCriteria, lineOf, resolveAsOf, segmentCriteria } from '../funnel/make-plan.ts';
import type { ActivityPlan, ActivityRow, RecordRow, RowPlan, RowReader } from '../rows/plan.ts';
import { resolvePeriod, zone } from '../time/index.ts';
import type { AttributionDefinition, Journey, Touch } from './contracts.ts';

/** What is read to make the journeys of a question. */
export interface PlannedJourneys {
  records: RowPlan;
  events: ActivityPlan;
  /** The persons whose account joins them to a journey; absent where accounts do not matter. */
  persons?: RowPlan;
  rules: readonly TouchRule[];
  /** Conversions and losses, milliseconds `[from, to)`; absent = all. */
  from?: number;
  to?: number;
  asOf: number;
  timeZone: string;
  shown: AttributionAnswer['source'];
  asked: Pick<AttributionAnswer, 'period' | 'segment' | 'segments'>;
  /** Side stages in which a journey has ended without a conversion. */
  ends: readonly string[];
  /** Whether only some records are asked about. */
  filtered: boolean;
}

/** @throws QuestionError naming the field and what is allowed. */
export function planJourneys(
  question: AttributionQuestion,
  definition: AttributionDefinition,
  context: AnswerContext,
): PlannedJourneys {
  const { journeys } = definition;
  if (journeys === undefined) {
    throw new QuestionError(
      'invalid-question',
      `attribution "${definition.id}" does not say where its journeys come from: give it journeys { funnel, touches }`,
    );
  }
  const timeZone = zone(question.timeZone ?? context.timeZone).id;
  const asOf = resolveAsOf(question.asOf ?? context.asOf, timeZone);
  const funnel = findStageFunnel(context.definitions, journeys.funnel);
  const line = lineOf(funnel, timeZone);
  const period =
    question.period === undefined
      ? undefined
      : resolvePeriod(question.period, { asOf, timeZone, fiscal: context.fiscal });
  const stage = (field: 'conversion' | 'leadCreation' | 'opportunityCreation'): string | undefined => {
    const key = journeys[field];
    if (key === undefined || line.main.some((one) => one.key === key)) return key;
    throw new QuestionError(
      'unknown-stage',
      `journeys.${field} "${key}" is no stage of funnel "${funnel.id}"; its stages are ${line.main.map((one) => one.key).join(', ')}`,
    );
  };
  const conversion = stage('conversion') ?? line.main.at(-1)?.key ?? '';
  const milestones = { leadCreation: stage('leadCreation'), opportunityCreation: stage('opportunityCreation') };
  const group = groupOf(journeys, funnel.grain);
  const ends = line.side
    .filter(({ outcome }) => outcome === 'lost' || outcome === 'disqualified')
    .map(({ key }) => key);
  const asked = joinCriteria(
    context.rights.rows,
    segmentCriteria(definition, question.segment, 'attribution'),
    question.filter,
  );
  const where = joinCriteria(funnel.where, journeys.where, asked, decided(conversion, ends));
  const labelled = (definition.segments ?? []).map(({ id, label = id }) => ({ id, label }));
  const segment = labelled.find(({ id }) => id === question.segment);
  return {
    records: {
      of: funnel.grain,
      line,
      ...(where === undefined ? {} : { where }),
      fields: [...FIELDS, ...stagesOf(conversion, milestones, ends).map((key) => `reached.${key}`)],
      asOf,
      timeZone,
    },
    events: { ...eventPlan(journeys.touches), asOf, timeZone },
    ...(group === 'account' ? { persons: { of: 'person', fields: ['accountId'], asOf, timeZone } } : {}),
    rules: journeys.touches,
    ...(period === undefined
      ? {}
      : { from: zone(timeZone).startOf(period.from), to: zone(timeZone).startOf(period.to) }),
    asOf,
    timeZone,
    shown: {
      funnel: funnel.id,
      conversion,
      ...(milestones.leadCreation === undefined ? {} : { leadCreation: milestones.leadCreation }),
      ...(milestones.opportunityCreation === undefined ? {} : { opportunityCreation: milestones.opportunityCreation }),
      group,
    },
    asked: {
      ...(period === undefined ? {} : { period }),
      ...(segment === undefined ? {} : { segment }),
      ...(definition.segments === undefined ? {} : { segments: labelled }),
    },
    ends,
    filtered: asked !== undefined || period !== undefined,
  };
}

const FIELDS = ['stage', 'amount', 'currency', 'accountId', 'personId'] as const;

const stagesOf = (
  conversion: string,
  { leadCreation, opportunityCreation }: { leadCreation: string | undefined; opportunityCreation: string | undefined },
  ends: readonly string[],
): string[] => [
  ...new Set([conversion, leadCreation, opportunityCreation, ...ends].filter((key) => key !== undefined)),
];

/** Who has converted, or can no longer. */
const decided = (conversion: string, ends: readonly string[]): Criteria => ({
  any: [
    { field: `reached.${conversion}`, present: true },
    ...(ends.length === 0 ? [] : [{ field: 'stage', in: [...ends] }]),
  ],
});

function groupOf({ group }: JourneySource, grain: RowPlan['of']): NonNullable<JourneySource['group']> {
  const chosen = group ?? (grain === 'person' ? 'person' : 'account');
  if (chosen === 'opportunity' && grain !== 'opportunity') {
    throw new QuestionError(
      'invalid-question',
      `journeys.group: a funnel of grain "${grain}" has no opportunity of its own: use "account" or "person"`,
    );
  }
  if (chosen === 'person' && grain === 'account') {
    throw new QuestionError('invalid-question', 'journeys.group: an account has no one person: use "account"');
  }
  return chosen;
}

const CAMPAIGN: TouchValue = 'campaignId';
const namesOf = ({ event }: TouchRule): readonly string[] | undefined => (typeof event === 'string' ? [event] : event);

/** The events that some rule may take, and the fields that rules read. */
function eventPlan(rules: readonly TouchRule[]): Pick<ActivityPlan, 'names' | 'fields'> {
  const names = rules.map(namesOf);
  const known = names.flatMap((some) => some ?? []);
  const values = rules.flatMap(({ channel, campaign = CAMPAIGN, asset }) => [channel, campaign, asset ?? []]).flat();
  const fields = [
    ...values.filter((value) => typeof value === 'string'),
    ...rules.flatMap(({ where }) => fieldsOf(where)),
  ];
  return {
    ...(names.every((some) => some !== undefined) ? { names: [...new Set(known)] } : {}),
    fields: [...new Set(fields)],
  };
}

/** Journeys with their touches. */
export interface FoundJourneys {
  journeys: Journey[];
  /** Events of a journey that are no touch for want of a channel. */
  withoutChannel: number;
}

/** Reads the journeys of a plan. */
export async function readJourneys(
  plan: PlannedJourneys,
  reader: RowReader,
  signal: AbortSignal | undefined,
): Promise<FoundJourneys> {
  const ended = (await reader.rows(plan.records, signal)).flatMap((row) => endOf(row, plan));
  const accountOf = await accounts(plan, reader, signal);
  const touches = new TouchBook(await reader.activities(plan.events, signal), plan, accountOf);
  let withoutChannel = 0;
  const journeys = ended.map((end): Journey => {
    const found = touches.of(end);
    withoutChannel += found.withoutChannel;
    return { ...end.journey, touches: found.touches };
  });
  return { journeys, withoutChannel };
}

interface Ended {
  journey: Omit<Journey, 'touches'>;
  personId: string | null;
  accountId: string | null;
}

/** How the journey of a record ended, if within the period. */
function endOf({ id, values }: RecordRow, plan: PlannedJourneys): Ended[] {
  const { fields, of } = plan.records;
  const text = (field: string): string | null => {
    const value = values[fields.indexOf(field)];
    return typeof value === 'string' ? value : null;
  };
  const { conversion, leadCreation, opportunityCreation } = plan.shown;
  const won = text(`reached.${conversion}`);
  const at = won ?? text(`reached.${text('stage') ?? ''}`);
  if (at === null) return [];
  const ms = Date.parse(at);
  if (ms < (plan.from ?? Number.NEGATIVE_INFINITY) || ms >= (plan.to ?? Number.POSITIVE_INFINITY)) return [];
  const amount = values[fields.indexOf('amount')];
  const currency = text('currency');
  return [
    {
      journey: {
        id,
        at,
        converted: won !== null,
        ...(won !== null && typeof amount === 'number' && amount >= 0 && currency !== null ? { amount, currency } : {}),
        milestones: {
          leadCreation: leadCreation === undefined ? null : text(`reached.${leadCreation}`),
          opportunityCreation: opportunityCreation === undefined ? null : text(`reached.${opportunityCreation}`),
        },
      },
      personId: of === 'person' ? id : text('personId'),
      accountId: of === 'account' ? id : text('accountId'),
    },
  ];
}

/** The account of each person, where touches are joined by it. */
async function accounts(
  { persons }: PlannedJourneys,
  reader: RowReader,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, string>> {
  if (persons === undefined) return new Map();
  const rows = await reader.rows(persons, signal);
  return new Map(
    rows.flatMap(({ id, values: [account] }) => (typeof account === 'string' ? [[id, account] as const] : [])),
  );
}

/** The events by whom they are on, made touches when a journey asks for them. */
class TouchBook {
  readonly #rows: readonly ActivityRow[];
  readonly #fields: readonly string[];
  readonly #group: AttributionAnswer['source']['group'];
  readonly #rules: readonly { rule: TouchRule; fits: (row: number) => boolean }[];
  readonly #by: Record<'person' | 'account' | 'opportunity', Map<string, number[]>> = {
    person: new Map(),
    account: new Map(),
    opportunity: new Map(),
  };

  constructor(rows: readonly ActivityRow[], plan: PlannedJourneys, accountOf: ReadonlyMap<string, string>) {
    this.#rows = rows;
    this.#fields = plan.events.fields;
    this.#group = plan.shown.group;
    const read: FieldReader = (field) => {
      const column = plan.events.fields.indexOf(field);
      return (i) => rows[i]?.values[column];
    };
    this.#rules = plan.rules.map((rule) => {
      const names = namesOf(rule);
      const passes = rule.where === undefined ? () => true : compileCriteria(rule.where, read, plan.events);
      const named = names === undefined ? () => true : (i: number) => names.includes(rows[i]?.name ?? '');
      return { rule, fits: (i) => named(i) && passes(i) };
    });
    rows.forEach(({ personId, accountId, opportunityId }, i) => {
      this.#note('person', personId, i);
      this.#note('account', accountId ?? accountOf.get(personId ?? '') ?? null, i);
      this.#note('opportunity', opportunityId, i);
    });
  }

  #note(of: 'person' | 'account' | 'opportunity', id: string | null, row: number): void {
    if (id === null) return;
    const rows = this.#by[of].get(id);
    if (rows === undefined) this.#by[of].set(id, [row]);
    else rows.push(row);
  }

  of({ journey, personId, accountId }: Ended): { touches: Touch[]; withoutChannel: number } {
    const rows =
      this.#group === 'opportunity'
        ? this.#by.opportunity.get(journey.id)
        : this.#group === 'account' && accountId !== null
          ? this.#by.account.get(accountId)
          : this.#by.person.get(personId ?? '');
    let withoutChannel = 0;
    const alike = new Map<string, number>();
    const touches = (rows ?? []).flatMap((row): Touch[] => {
      const touch = this.#touchOf(row);
      if (touch === null) withoutChannel++;
      if (touch === null || touch === undefined) return [];
      // An event has no id, and engines read in any order: what it says tells it apart, and alike ones are numbered.
      const { name, personId, accountId, opportunityId, values } = this.#rows[row] ?? NOTHING;
      const content = JSON.stringify([touch.source, name, personId, accountId, opportunityId, values, touch.at]);
      const before = alike.get(content) ?? 0;
      alike.set(content, before + 1);
      return [{ ...touch, id: idOf(content, before) }];
    });
    return { touches, withoutChannel };
  }

  /** Undefined for an event that is no touch, null for one that names no channel. */
  #touchOf(row: number): Omit<Touch, 'id'> | null | undefined {
    const rule = this.#rules.find(({ fits }) => fits(row))?.rule;
    const event = this.#rows[row];
    if (rule === undefined || event === undefined) return undefined;
    const value = (of: TouchValue | undefined): string | undefined => {
      if (typeof of === 'object') return of.is;
      return of === undefined ? undefined : nameOf(event.values[this.#fields.indexOf(of)]);
    };
    const channel = value(rule.channel);
    if (channel === undefined) return null;
    const [campaign, asset] = [value(rule.campaign ?? CAMPAIGN), value(rule.asset)];
    return {
      at: event.at,
      channel,
      source: event.system,
      ...(campaign === undefined ? {} : { campaign }),
      ...(asset === undefined ? {} : { asset }),
      ...(rule.team === undefined ? {} : { team: rule.team }),
      ...(event.personId === null ? {} : { personId: event.personId }),
    };
  }
}

const NOTHING = { name: '', personId: null, accountId: null, opportunityId: null, values: [] };

/** An id may not be longer than contracts allow, so a long content stands as its fingerprint. */
const idOf = (content: string, before: number): string =>
  `${content.length > 480 ? sha256Hex(content) : content} ${before}`;

/** A value as a name; an empty text is none. */
function nameOf(value: Scalar | undefined): string | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  return String(value).slice(0, 512);
}
