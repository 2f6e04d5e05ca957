import { SELLERS } from '../company/market.ts';
import { COMPANIES, NAMES } from '../company/people.ts';
import type { Frame } from '../frame.ts';
import type { Journey } from '../journey/journey.ts';
import { journeys } from '../journey/journeys.ts';
import type { Stream } from '../random.ts';
import { DAY } from '../time/berlin.ts';

/** Where a hand-off stands at the end of the demo company's data. */
export const KINDS = ['offered', 'working', 'qualified', 'returned', 'recycled', 'disqualified'] as const;
export type Kind = (typeof KINDS)[number];

/** A person of the records, with what the ledger has to tell as the records do. */
export interface Picked {
  journey: Pick<
    Journey,
    'id' | 'name' | 'email' | 'company' | 'region' | 'segment' | 'source' | 'campaignId' | 'owner'
  >;
  /** Instants of the stages, in milliseconds. */
  mql: number;
  sal: number | undefined;
  end: number | undefined;
  reason: string | undefined;
}

const KIND_OF: Readonly<Record<string, Kind>> = {
  mql: 'offered',
  sal: 'working',
  sql: 'qualified',
  returned: 'returned',
  recycled: 'recycled',
  disqualified: 'disqualified',
};

/** How long before the end of the data a hand-off may have begun. */
const RECENT = 60 * DAY;

/**
 * The newest persons of each kind, at most as many as wanted: their records and the ledger tell one story, so that the
 * funnel counts nobody twice. Where too few wait for a seller, those recycled long ago are offered again.
 */
export function pickPersons(frame: Frame, wanted: Readonly<Record<Kind, number>>): Record<Kind, Picked[]> {
  const found: Record<Kind, Picked[]> = {
    offered: [],
    working: [],
    qualified: [],
    returned: [],
    recycled: [],
    disqualified: [],
  };
  const again: Picked[] = [];
  const keep = (list: Picked[], one: Picked, most: number): void => {
    list.push(one);
    if (list.length > 2 * most + 16) newest(list, most);
  };
  for (const journey of journeys(frame)) {
    const picked = pickedOf(journey);
    if (picked === undefined) continue;
    const [kind, one] = picked;
    if (one.mql >= frame.asOf - RECENT) keep(found[kind], one, wanted[kind]);
    else if (kind === 'recycled') keep(again, one, wanted.offered);
  }
  for (const kind of KINDS) newest(found[kind], wanted[kind]);
  newest(again, wanted.offered - found.offered.length);
  found.offered.push(...again);
  return found;
}

/** Leaves the last of a list, at most so many. */
function newest(list: Picked[], most: number): void {
  list.splice(0, Math.max(0, list.length - most));
}

function pickedOf(journey: Journey): [Kind, Picked] | undefined {
  const { steps, story, deal } = journey;
  const last = steps.at(-1);
  const at = (stage: string): number | undefined => steps.find((step) => step.stage === stage)?.at;
  const mql = at('mql');
  const kind = KIND_OF[last?.stage ?? ''];
  if (story !== undefined || last === undefined || mql === undefined || kind === undefined) return undefined;
  if (deal !== undefined && kind !== 'qualified') return undefined;
  const end = kind === 'offered' || kind === 'working' ? undefined : last.at;
  // A journey that goes back and forth is no single hand-off.
  const instants = steps.map((step) => step.at);
  if (instants.some((one, i) => i > 0 && one <= (instants[i - 1] ?? 0))) return undefined;
  return [kind, { journey, mql, sal: at('sal'), end, reason: last.reason }];
}

/** Somebody of whom the records know nothing yet, for more hand-offs than the records have. */
export function newPerson(place: number, frame: Frame, stream: Stream): Picked {
  const company = COMPANIES[stream.below(COMPANIES.length)];
  const region = stream.pick(['DACH', 'DACH', 'Nordics', 'UK & Ireland', 'Benelux']);
  const id = `n-${String(place + 1).padStart(7, '0')}`;
  const mql = frame.asOf - stream.below(20 * 24 * 60) * 60_000 - 40 * 60_000;
  return {
    journey: {
      id,
      name: NAMES[stream.below(NAMES.length)] ?? '',
      email: `${id}@${company?.domain ?? 'company.example'}`,
      company: company?.name ?? '',
      region,
      segment: stream.pick(['small', 'mid-market', 'enterprise']),
      source: stream.pick(['webinar', 'paid-search', 'event', 'content-download']),
      campaignId: undefined,
      owner: stream.pick(SELLERS[region]),
    },
    mql,
    sal: mql + 15 * 60_000,
    end: mql + 35 * 60_000,
    reason: undefined,
  };
}
