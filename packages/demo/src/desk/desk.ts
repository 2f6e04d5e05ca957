import type { Glossary, LeadCard } from '@sama/metrics/contracts';
import { Desk, type DeskEvent } from '@sama/metrics/desk';
import type { Calendars, HandoffActor, HandoffPolicy, Staff } from '@sama/metrics/handoff';
import { DEFAULT_POLICY } from '@sama/metrics/handoff';
import { compileCalendar, type BusinessTime } from '@sama/metrics/time';
import { type DemoOptions, type Frame, frameOf } from '../frame.ts';
import { LANES, Stream } from '../random.ts';
import { TIME_ZONE } from '../time/berlin.ts';
import { leadCard } from './lead.ts';
import { KINDS, newPerson, pickPersons, type Kind } from './pick.ts';
import { ratingOf, scriptOf, type Line } from './script.ts';
import { demoStaff, READERS } from './staff.ts';
import { demoGlossary, termScript, type TermLineOf } from './terms.ts';

/** What a desk of the demo company stands on, and its ledger so far. @experimental */
export interface DemoDesk {
  staff: Staff;
  policy: HandoffPolicy;
  calendars: Calendars;
  glossary: Glossary;
  leads: LeadCard[];
  /** Oldest first. */
  events: DeskEvent[];
  /** People to sit at the desk as. */
  readers: Readonly<Record<'seller' | 'manager' | 'marketer' | 'marketingHead', HandoffActor>>;
}

/** Hand-offs of each kind among a hundred. */
const MIX: Readonly<Record<Kind, number>> = {
  offered: 46,
  working: 20,
  qualified: 8,
  returned: 10,
  recycled: 10,
  disqualified: 6,
};
/** As many as the company has persons for, up to this, unless more or fewer are asked for. */
const HANDOFFS = 100;
const DAY_SHIFT: [string, string][] = [['07:00', '17:30']];

/** The hours of both teams, and of the companies they call. */
const hours = (): BusinessTime =>
  compileCalendar({
    timeZone: TIME_ZONE,
    week: { 1: DAY_SHIFT, 2: DAY_SHIFT, 3: DAY_SHIFT, 4: DAY_SHIFT, 5: DAY_SHIFT },
  });

/**
 * The hand-offs and words of Northwind Robotics, a company that does not exist: about as many hand-offs as asked for,
 * in every state, with clocks around `asOf`; and a glossary of agreed, proposed, half-approved, stale and disputed
 * terms. Hand-offs are of the newest persons of `demoChunks` with the same options, and the ledger says of them what
 * the records say, so that a funnel over both counts nobody twice; more hand-offs than the records have are of new
 * people. Equal options give equal desks.
 *
 * @param options `handoffs` default: 100, or fewer where the company has no more persons for them.
 * @throws RangeError naming the option that is out of range.
 * @experimental
 */
export function demoDesk(options: DemoOptions & { handoffs?: number }): DemoDesk {
  const { handoffs = HANDOFFS } = options;
  if (!Number.isInteger(handoffs) || handoffs < 1 || handoffs > 200_000)
    throw new RangeError(`handoffs must be a whole number from 1 to 200000, not ${handoffs}`);
  const frame = frameOf(options);
  const calendar = hours();
  const calendars: Calendars = { teams: { sales: calendar, marketing: calendar }, lead: calendar };
  const setup = { staff: demoStaff(), policy: DEFAULT_POLICY, calendars, glossary: demoGlossary(frame) };
  const { lines, leads } = handoffLines(frame, { handoffs, ofNew: options.handoffs !== undefined }, calendar);
  const cards = new Map(leads.map((card) => [card.id, card]));
  const desk = new Desk({ ...setup, lead: (id) => cards.get(id) });
  const events: DeskEvent[] = [];
  const all: (Line | TermLineOf)[] = [...lines, ...termScript(frame, setup.glossary)];
  for (const [i, line] of all.toSorted((a, b) => a.at - b.at).entries()) {
    const event = told(desk, line, i);
    desk.add(event);
    events.push(event);
  }
  const { rules: _, ...readers } = READERS;
  return { ...setup, leads, events, readers };
}

/** The event of one line of the past. */
function told(desk: Desk, { target, at, by, action }: Line | TermLineOf, place: number): DeskEvent {
  const expectedVersion =
    (action.type.startsWith('term.') ? desk.term(target)?.state.version : desk.log(target).length) ?? 0;
  const { type, payload } = action;
  const command = { v: 1 as const, commandId: `demo-${place}`, expectedVersion, target, type, payload };
  const decision = desk.decide(command, { by, at: new Date(at).toISOString(), zone: TIME_ZONE, via: 'widget' });
  if (decision.event === undefined) throw new Error(`${target} ${type}: ${decision.message ?? decision.status}`);
  return decision.event;
}

function handoffLines(
  frame: Frame,
  { handoffs, ofNew }: { handoffs: number; ofNew: boolean },
  calendar: BusinessTime,
): { lines: Line[]; leads: LeadCard[] } {
  const stream = new Stream(frame.seed, LANES.desk);
  const wanted: Record<Kind, number> = { ...MIX };
  for (const kind of KINDS) wanted[kind] = Math.round((MIX[kind] * handoffs) / 100);
  const found = pickPersons(frame, wanted);
  const openBefore = openMinutesBefore(frame.asOf, calendar);
  const lines: Line[] = [];
  const leads: LeadCard[] = [];
  let place = 0;
  for (const kind of KINDS) {
    for (let i = 0; i < wanted[kind]; i += 1) {
      const picked = found[kind][i] ?? (ofNew ? newPerson(place, frame, stream) : undefined);
      if (picked === undefined) break;
      const rating = ratingOf(stream);
      const id = `h-${picked.journey.id}`;
      leads.push(leadCard({ journey: picked.journey, rating, at: Math.min(picked.mql, frame.asOf), place }, stream));
      lines.push(...scriptOf({ id, kind, rating, variant: i }, picked, stream, { asOf: frame.asOf, openBefore }));
      place += 1;
    }
  }
  return { lines, leads };
}

/** The instant from which on so many open minutes have passed by `asOf`, by halving. */
function openMinutesBefore(asOf: number, calendar: BusinessTime): (minutes: number) => number {
  const known = new Map<number, number>();
  return (minutes) => {
    const before = known.get(minutes);
    if (before !== undefined) return before;
    let [low, high] = [asOf - 60 * 86_400_000, asOf];
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2);
      if (calendar.elapsed(middle, asOf).ms >= minutes * 60_000) low = middle;
      else high = middle;
    }
    known.set(minutes, low);
    return low;
  };
}
