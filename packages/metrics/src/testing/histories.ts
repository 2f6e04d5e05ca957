import * as fc from 'fast-check';
import type { EntityRecord, EntityType, StageEvent } from '../contracts/index.ts';
import type { Choices } from './plans.ts';
import { LADDER, SIDE_STAGES } from './plans.ts';
import type { Calendar } from './seasons.ts';
import { arbitraryCalendar, arbitraryInstant, arbitraryStory, arbitraryWhen, SPANS } from './seasons.ts';

/** A small store and the definition, zone and moment it is asked in. */
export interface World {
  calendar: Calendar;
  /** The part of the choices that belongs to the world. */
  frame: Choices & { grain: EntityType; stages: readonly string[] };
  records: readonly EntityRecord[];
  events: readonly StageEvent[];
}

export interface WorldOptions {
  /** Whether an entity may have more than one opportunity. Default: true. */
  severalOpportunities?: boolean;
  /** How many entities of the grain there are, one of these. Default: up to six, mostly more than three. */
  sizes?: readonly number[];
}

const SIZES = [0, 1, 2, 3, 4, 4, 5, 5, 6, 6];

const STAGE_LINES = [LADDER, ['lead', 'mql', 'won'], ['mql', 'sal', 'opportunity', 'won']] as const;
const SIDE_KEYS = SIDE_STAGES.map(({ key }) => key);
const PREFIX: Record<EntityType, string> = { person: 'P', account: 'A', opportunity: 'O' };
/** The last two are in one order by code point and in the other by UTF-16 unit. */
const OPPORTUNITIES = ['O1', 'O2', '\uFF2F3', '\u{1D4AA}4'] as const;

/** What each record of a source gives as reason; letters as with the opportunities. */
const REASONS = ['budget', '\uFF2Fther', '\u{1D4AA}ther', '', undefined, undefined] as const;

/** Random small worlds, with everything in them that "How Sama counts" has a rule for. */
export function arbitraryWorld({ severalOpportunities = true, sizes = SIZES }: WorldOptions = {}): fc.Arbitrary<World> {
  return fc
    .record({
      calendar: arbitraryCalendar,
      grain: fc.constantFrom<EntityType>('person', 'person', 'account', 'opportunity'),
      stages: fc.constantFrom(...STAGE_LINES),
      size: fc.constantFrom(...sizes),
    })
    .chain(({ calendar, grain, stages, size }) => {
      const members = Array.from({ length: size }, (_, index) => `${PREFIX[grain]}${index + 1}`);
      const noise: EntityType = grain === 'person' ? 'account' : 'person';
      return fc
        .record({
          asOf: arbitraryMoment(calendar),
          reentryStage: fc.constantFrom(...stages),
          coolingOff: fc.constantFrom(...SPANS),
          sourcePriority: fc.constantFrom([], ['map'], ['crm', 'map'], ['map', 'crm']),
          own: fc.tuple(...members.map((id) => arbitraryEntity(grain, id, calendar))),
          linked: grain === 'opportunity' ? fc.constant([]) : arbitraryOpportunities(grain, members, calendar),
          noise: arbitraryEntity(noise, 'N1', calendar),
          again: fc.array(fc.nat(40), { maxLength: 3 }),
        })
        .map(({ own, linked, noise, again, ...frame }) => {
          const entities = [...own, ...(severalOpportunities ? linked : singly(linked, grain)), noise];
          const events = entities.flatMap((entity) => entity.events);
          const doubles = again.flatMap((index) => events[index] ?? []).map((event) => inBatch(event, 'b0'));
          return {
            calendar,
            frame: { ...frame, grain, stages, timeZone: calendar.season.timeZone },
            records: entities.flatMap((entity) => entity.record ?? []),
            events: [...events, ...doubles],
          };
        });
    });
}

/** When the question is asked: mostly after the crowd of events, now and then in its midst. */
function arbitraryMoment(calendar: Calendar): fc.Arbitrary<string> {
  const { season, days } = calendar;
  const after = { season, days: [...days.slice(-1), 119, 125, 160] };
  return fc
    .oneof({ weight: 3, arbitrary: arbitraryInstant(after) }, { weight: 1, arbitrary: arbitraryInstant(calendar) })
    .map((at) => new Date(at).toISOString());
}

/** The same event as another import brings it. */
export function inBatch(event: StageEvent, batch: string): StageEvent {
  return Object.assign({}, event, { batch });
}

interface Entity {
  record: EntityRecord | undefined;
  events: readonly StageEvent[];
}

function arbitraryEntity(entityType: EntityType, id: string, calendar: Calendar): fc.Arbitrary<Entity> {
  return fc.record({
    record: fc.option(arbitraryRecord(entityType, id, calendar), { nil: undefined, freq: 5 }),
    events: fc
      .oneof(arbitrarySoup(calendar), arbitraryJourney(calendar))
      .chain((lines) => fc.tuple(...lines.map((line) => arbitraryEvent(entityType, id, line)))),
  });
}

/** A stage and when it was entered. */
type Entered = readonly [stage: string, at: string];

/** Any stages at any times. */
function arbitrarySoup(calendar: Calendar): fc.Arbitrary<Entered[]> {
  const stage = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...LADDER) },
    { weight: 4, arbitrary: fc.constantFrom(...SIDE_KEYS) },
    { weight: 1, arbitrary: fc.constant('demo') },
  );
  return fc.array(fc.tuple(stage, arbitraryWhen(calendar)), { maxLength: 7 });
}

/** Up the ladder with gaps, perhaps off it, perhaps back on it: the way entities really go. */
function arbitraryJourney(calendar: Calendar): fc.Arbitrary<Entered[]> {
  const climb = fc.subarray([...LADDER], { minLength: 1, maxLength: 4 });
  const rest = fc.array(fc.constantFrom(...SIDE_KEYS), { maxLength: 2 });
  return fc
    .tuple(climb, rest, fc.oneof(fc.constant<string[]>([]), climb), rest)
    .map((parts) => parts.flat())
    .chain((stages) =>
      arbitraryStory(calendar, stages.length).map((times) =>
        stages.map((stage, index) => [stage, times[index] ?? ''] as const),
      ),
    );
}

function arbitraryEvent(entityType: EntityType, entityId: string, [stage, at]: Entered): fc.Arbitrary<StageEvent> {
  return fc.nat(5).chain((own) => {
    // Never the event's own record: what that means is not said.
    const other = fc.integer({ min: 1, max: 5 }).map((step) => `r${(own + step) % 6}`);
    return fc.record(
      {
        entityId: fc.constant(entityId),
        entityType: fc.constant(entityType),
        stage: fc.constant(stage),
        at: fc.constant(at),
        source: fc.record(
          {
            system: fc.constantFrom('crm', 'map'),
            recordId: fc.constant(`r${own}`),
            field: fc.constantFrom('status', 'stage'),
          },
          { requiredKeys: ['system', 'recordId'] },
        ),
        supersedes: fc.oneof({ weight: 4, arbitrary: fc.constant('of-no-event') }, { weight: 1, arbitrary: other }),
        batch: fc.constantFrom('b1', 'b2'),
        // Of the source's record, so that doubles say the same.
        reason: fc.constant(REASONS[own]),
      },
      { requiredKeys: ['entityId', 'entityType', 'stage', 'at', 'source', 'batch', 'reason'] },
    );
  });
}

function arbitraryRecord(entityType: EntityType, id: string, calendar: Calendar): fc.Arbitrary<EntityRecord> {
  const attributes = fc.record(
    {
      region: fc.constantFrom('emea', 'amer', 'Emea', null),
      score: fc.constantFrom(-1, 0, 0.5, 10, '10', null),
      vip: fc.constantFrom(true, false, 'true', null),
      since: fc.oneof(arbitraryWhen(calendar), fc.constantFrom('soon', '2026', 20_260_101)),
    },
    { requiredKeys: [] },
  );
  const plain = {
    entityType: fc.constant(entityType),
    id: fc.constant(id),
    batch: fc.constant('b1'),
    attributes,
    owner: fc.constantFrom('ann', 'Bob', 'a%b', 'a_b', 'a*b', ''),
    currentStage: fc.constantFrom(...LADDER, 'nurture', 'demo'),
  };
  const money = {
    amount: fc.integer({ min: -100, max: 1_000_000 }),
    currency: fc.constantFrom('EUR', 'USD'),
  };
  return fc.oneof(
    fc.record(plain, { requiredKeys: ['entityType', 'id', 'batch', 'attributes'] }),
    fc.record(
      { ...plain, ...money },
      { requiredKeys: ['entityType', 'id', 'batch', 'attributes', 'amount', 'currency'] },
    ),
  );
}

/** Up to four opportunities: of a member, of nobody, or of somebody of whom nothing else is known. */
function arbitraryOpportunities(
  grain: 'person' | 'account',
  members: readonly string[],
  calendar: Calendar,
): fc.Arbitrary<Entity[]> {
  const link = fc.constantFrom(...members, ...members.slice(0, 2), ...members.slice(0, 1), 'X9', undefined);
  return fc
    .subarray([...OPPORTUNITIES])
    .chain((ids) => fc.tuple(...ids.map((id) => fc.tuple(arbitraryEntity('opportunity', id, calendar), link))))
    .map((linked) =>
      linked.map(([{ record, events }, to]) => ({
        events,
        record:
          record && to !== undefined
            ? Object.assign({}, record, grain === 'person' ? { personId: to } : { accountId: to })
            : record,
      })),
    );
}

/** Without the opportunities of an entity that has one already. */
function singly(opportunities: readonly Entity[], grain: EntityType): Entity[] {
  const owner = ({ record }: Entity): string | undefined => (grain === 'person' ? record?.personId : record?.accountId);
  return opportunities.filter(
    (one, index) =>
      owner(one) === undefined || opportunities.findIndex((other) => owner(other) === owner(one)) === index,
  );
}
