import type { ActivityEvent, EntityRecord, Figure, StageEvent } from '@sama/metrics/contracts';
import { Activities } from './activity/activities.ts';
import { Ledger } from './finance/ledger.ts';
import { type DemoOptions, type Frame, frameOf } from './frame.ts';
import type { Deal, Journey, StageName, Step } from './journey/journey.ts';
import { journeys } from './journey/journeys.ts';
import { DAY, dayText, instantText, localDayOf } from './time/berlin.ts';

/** The batch every record of the demo company belongs to. @experimental */
export const DEMO_BATCH = 'demo';
/** Persons in a chunk. */
const CHUNK = 5000;

/** Some records of the demo company with their events and activities; the last chunk has the figures of all. @experimental */
export interface DemoChunk {
  records: EntityRecord[];
  events: StageEvent[];
  activities: ActivityEvent[];
  figures: Figure[];
}

const emptyChunk = (): DemoChunk => ({ records: [], events: [], activities: [], figures: [] });

const SYSTEM: Record<StageName, string> = {
  lead: 'hubspot',
  mql: 'hubspot',
  nurture: 'hubspot',
  returned: 'hubspot',
  expired: 'hubspot',
  recycled: 'salesforce',
  disqualified: 'salesforce',
  sal: 'salesforce',
  sql: 'salesforce',
  opportunity: 'salesforce',
  won: 'salesforce',
  lost: 'salesforce',
};
const AUTOMATIC = new Set<StageName>(['lead', 'mql', 'nurture', 'expired']);
const MARKETING = new Set<StageName>(['lead', 'mql', 'nurture']);

/** `at` as the source of a journey writes it. */
export function whenText(journey: Journey, step: Step): string {
  if (step.text !== undefined) return step.text;
  return journey.story === 'date-only' ? dayText(localDayOf(step.at)) : instantText(step.at);
}

/** The part of an acceptance's record id that says who accepted. */
const sellerKey = (name: string): string => name.toLowerCase().replaceAll(' ', '-');

function event(
  journey: Journey,
  step: Step,
  place: number,
  entityType: StageEvent['entityType'],
  entityId: string,
): StageEvent {
  const record = `${entityId}:${place}`;
  const made: StageEvent = {
    entityId,
    entityType,
    stage: step.stage,
    at: whenText(journey, step),
    source: {
      system: journey.story === 'date-only' ? 'crm-export' : SYSTEM[step.stage],
      recordId: step.seller === undefined ? record : `${record}:${sellerKey(step.seller)}`,
    },
    cause: AUTOMATIC.has(step.stage) ? 'auto' : 'human',
    actorTeam: MARKETING.has(step.stage) ? 'marketing' : 'sales',
    batch: DEMO_BATCH,
  };
  if (step.reason !== undefined) made.reason = step.reason;
  if (step.corrects !== undefined) made.supersedes = `${entityId}:${step.corrects}`;
  return made;
}

/** The id of the opportunity a person brought. */
export const opportunityId = (journey: Journey): string => `o-${journey.id.slice(2)}`;
const accountId = (journey: Journey): string => `a-${journey.id.slice(2)}`;

/** Whether a deal is won, lost or open. */
export function statusOf(deal: Deal): 'open' | 'won' | 'lost' {
  const closing = deal.steps[1]?.stage;
  return closing === 'won' || closing === 'lost' ? closing : 'open';
}

function pushDeal(chunk: DemoChunk, journey: Journey, deal: Deal, frame: Frame): void {
  const id = opportunityId(journey);
  const [opened, closed] = deal.steps;
  const status = statusOf(deal);
  const owner = journey.owner === undefined ? {} : { owner: journey.owner };
  const market = { region: journey.region, segment: journey.segment, company: journey.company };
  const links = deal.linked ? { personId: journey.id, accountId: accountId(journey) } : {};
  chunk.records.push({
    entityType: 'opportunity',
    id,
    ...links,
    amount: deal.amount,
    currency: 'EUR',
    ...owner,
    attributes: {
      ...market,
      origin: journey.origin,
      status,
      created: opened === undefined ? null : dayText(localDayOf(opened.at)),
      closed: closed === undefined ? null : dayText(localDayOf(closed.at)),
    },
    batch: DEMO_BATCH,
  });
  for (const [place, step] of deal.steps.entries()) chunk.events.push(event(journey, step, place, 'opportunity', id));
  if (!deal.linked) return;
  const account = accountId(journey);
  chunk.records.push({
    entityType: 'account',
    id: account,
    ...owner,
    attributes: { ...market, customer: status === 'won' },
    batch: DEMO_BATCH,
  });
  // The contract starts on the day after it is signed.
  if (closed !== undefined && status === 'won' && closed.at + DAY <= frame.asOf) {
    chunk.events.push({
      entityId: account,
      entityType: 'account',
      stage: 'customer',
      at: dayText(localDayOf(closed.at + DAY)),
      source: { system: 'salesforce', recordId: `${account}:0` },
      cause: 'auto',
      actorTeam: 'customer-success',
      batch: DEMO_BATCH,
    });
  }
}

function pushJourney(chunk: DemoChunk, journey: Journey, frame: Frame): void {
  const record: EntityRecord = {
    entityType: 'person',
    id: journey.id,
    attributes: {
      name: journey.name,
      email: journey.email,
      company: journey.company,
      origin: journey.origin,
      region: journey.region,
      segment: journey.segment,
      source: journey.source,
    },
    batch: DEMO_BATCH,
  };
  if (journey.campaignId !== undefined) record.campaignId = journey.campaignId;
  if (journey.owner !== undefined) record.owner = journey.owner;
  if (journey.currentStage !== undefined) record.currentStage = journey.currentStage;
  if (journey.deal?.linked === true) record.accountId = accountId(journey);
  chunk.records.push(record);
  const { steps } = journey;
  for (let place = 0; place < steps.length; place += 1) {
    const step = steps[place];
    if (step !== undefined) chunk.events.push(event(journey, step, place, 'person', journey.id));
  }
  if (journey.deal !== undefined) pushDeal(chunk, journey, journey.deal, frame);
}

/**
 * Northwind Robotics, a maker of warehouse robots that does not exist, as canonical records and
 * stage events: about 5,000 persons at a time, in the order of their creation, so that ten million
 * need no more memory than one chunk. What the company spent, planned and was told stands in the last. Equal options give equal chunks. Person-grain events are
 * lead, MQL, SAL and SQL with the states beside them; opportunities are records of their own.
 *
 * @throws RangeError naming `persons`, `seed`, `asOf` or `months` when it is out of range.
 * @experimental
 */
export function* demoChunks(options: DemoOptions): Generator<DemoChunk> {
  const frame = frameOf(options);
  const activities = new Activities(frame, DEMO_BATCH);
  const ledger = new Ledger(frame, DEMO_BATCH);
  let chunk = emptyChunk();
  let persons = 0;
  for (const journey of journeys(frame)) {
    pushJourney(chunk, journey, frame);
    chunk.activities.push(...activities.of(journey));
    ledger.book(journey);
    persons += 1;
    if (persons % CHUNK === 0 && persons < frame.persons) {
      yield chunk;
      chunk = emptyChunk();
    }
  }
  chunk.figures = ledger.figures();
  yield chunk;
}
