import * as z from 'zod/mini';
import type { EventFunnelDefinition, EventFunnelQuestion } from '../../../contracts/index.ts';
import fixture from '../../fixtures/other-engines-vectors.json' with { type: 'json' };
import { eventCase, type EventFunnelCase } from '../case.ts';
import { funnelOf, happenings, having, minute, type Happening } from '../scene.ts';

const byId = <T extends { id: string }>(cases: readonly T[], id: string): T => {
  const found = cases.find((c) => c.id === id);
  if (found === undefined) throw new Error(`the vectors have no case ${id}`);
  return found;
};

/** One person's events and how many reached each step. */
const single = (
  name: string,
  definition: EventFunnelDefinition,
  events: readonly Happening[],
  counts: readonly number[],
  question: Partial<EventFunnelQuestion> = {},
): EventFunnelCase =>
  eventCase(name, { activities: happenings('u', events), definition, question, expected: { counts } });

function plausibleCases(): EventFunnelCase[] {
  const Visits = z.object({
    id: z.string(),
    events: z.array(z.tuple([z.string(), z.string()])),
    steps: z.tuple([z.string(), z.string(), z.string()]),
    expect: z.object({ visitors: z.array(z.number()) }),
  });
  return fixture.plausible.cases.flatMap((c) => {
    if (!('events' in c)) return [];
    const { id, events, steps, expect } = Visits.parse(c);
    const [page, ...goals] = steps;
    return [
      eventCase(id, {
        activities: events.flatMap(([visitor, path], i) => happenings(visitor, [['visit', minute(i), { path }]])),
        definition: funnelOf([
          { id: 'page', where: { field: 'attributes.path', matches: page.replace('**', '*') } },
          ...goals.map((goal, i) => ({ id: `goal-${i}`, where: having({ path: goal }) })),
        ]),
        expected: { counts: expect.visitors },
      }),
    ];
  });
}

function growthbookCases(): EventFunnelCase[] {
  const { cases } = fixture.growthbook;
  const anchored = funnelOf([
    'exposure',
    { id: 'viewed', event: 'viewed', within: { hours: 1 } },
    { id: 'added', event: 'added', within: { hours: 2 } },
    { id: 'bought', event: 'bought', within: { days: 1 } },
  ]);
  const way = (added: string, bought: string): Happening[] => [
    ['exposure', '2026-01-01T10:00:00Z'],
    ['viewed', '2026-01-01T10:05:00Z'],
    ['added', `2026-01-01T${added}Z`],
    ['bought', `2026-01-0${bought}Z`],
  ];
  const { id } = byId(cases, 'gb-anchor');
  const { units, reached } = z
    .object({ units: z.number(), reached: z.array(z.number()) })
    .parse(byId(cases, 'gb-denominator'));
  const Arm = z.object({ assigned: z.number(), cart: z.number(), purchased: z.number() });
  const arms = z.object({ control: Arm, treatment: Arm }).parse(byId(cases, 'gb-mix-shift'));
  const armOf = (arm: 'control' | 'treatment') =>
    Array.from({ length: arms[arm].assigned }, (_, u) =>
      happenings(`${arm}-${u}`, [
        ['assigned', minute(0), { arm }],
        ...(u < arms[arm].cart ? ([['cart', minute(1)]] satisfies Happening[]) : []),
        ...(u < arms[arm].purchased ? ([['bought', minute(2)]] satisfies Happening[]) : []),
      ]),
    ).flat();
  const countsOf = ({ assigned, cart, purchased }: z.infer<typeof Arm>): number[] => [assigned, cart, purchased];
  return [
    single(`${id}: a day after the step before`, anchored, way('11:30:00', '2T11:30:00'), [1, 1, 1, 1]),
    single(`${id}: a second later`, anchored, way('11:30:00', '2T11:30:01'), [1, 1, 1, 0]),
    single(`${id}: two hours after the step before`, anchored, way('12:05:00', '1T13:00:00'), [1, 1, 1, 1]),
    single(`${id}: a second later than that`, anchored, way('12:05:01', '1T13:00:00'), [1, 1, 0, 0]),
    eventCase('gb-denominator', {
      activities: Array.from({ length: units }, (_, u) =>
        happenings(`${u}`, [
          ['exposure', minute(0)],
          ...reached.flatMap((n, i): Happening[] => (u < n ? [[`step ${i}`, minute(i + 1)]] : [])),
        ]),
      ).flat(),
      definition: funnelOf(['exposure', ...reached.map((_, i) => `step ${i}`)]),
      expected: { counts: [units, ...reached] },
    }),
    eventCase('gb-mix-shift', {
      activities: [...armOf('control'), ...armOf('treatment')],
      definition: funnelOf(['assigned', 'cart', 'bought']),
      question: { breakdown: { event: 'attributes.arm' } },
      expected: { groups: { control: countsOf(arms.control), treatment: countsOf(arms.treatment) } },
    }),
  ];
}

function hubspotCases(): EventFunnelCase[] {
  const paths = z
    .array(
      z.object({
        id: z.string(),
        stages: z.array(z.string()),
        contact_path: z.array(z.string()),
        in_stages: z.array(z.string()),
      }),
    )
    .parse(fixture.hubspot.cases.filter((c) => 'stages' in c));
  const { id, stages, contact_path: path, in_stages: reached } = byId(paths, 'hs-all-stages');
  const inRange = funnelOf(['a', 'b']);
  return [
    single(
      id,
      funnelOf(stages),
      path.map((stage, i) => [stage, minute(i)]),
      stages.map((stage) => (reached.includes(stage) ? 1 : 0)),
    ),
    single(
      'hs-range: the rest may come after the range',
      inRange,
      [
        ['a', '2026-01-31T23:00:00Z'],
        ['b', '2026-02-20T00:00:00Z'],
      ],
      [1, 1],
      { period: '2026-01' },
    ),
    single(
      'hs-range: the entry may not come before it',
      inRange,
      [
        ['a', '2025-12-31T23:00:00Z'],
        ['b', '2026-01-02T00:00:00Z'],
      ],
      [0, 0],
      { period: '2026-01' },
    ),
  ];
}

/** What is known of Umami and Amplitude are facts without numbers; these are numbers for them. */
function factCases(): EventFunnelCase[] {
  const consecutive = funnelOf(['a', 'b', 'c'], { window: { within: { minutes: 10 }, anchor: 'previous-step' } });
  const way = (b: number, c: number): Happening[] => [
    ['a', minute(0)],
    ['b', minute(b)],
    ['c', minute(c)],
  ];
  // The clocks of Berlin went forward on 29 March 2026: from noon to half past twelve are 23.5 hours.
  const overnight: Happening[] = [
    ['a', '2026-03-28T12:00:00+01:00'],
    ['b', '2026-03-29T12:30:00+02:00'],
  ];
  const window = (choice: NonNullable<EventFunnelDefinition['window']>) => funnelOf(['a', 'b'], { window: choice });
  const berlin = { timeZone: 'Europe/Berlin' };
  const twice: Happening[] = [
    ['a', minute(0)],
    ['a', minute(0)],
  ];
  return [
    single('Umami: a window from each step to the next, both ends included', consecutive, way(10, 20), [1, 1, 1]),
    single('Umami: the second window ran out', consecutive, way(10, 21), [1, 1, 0]),
    single('Umami: the first window ran out', consecutive, way(11, 12), [1, 0, 0]),
    single('Amplitude: a day is 24 hours', window({ within: { days: 1 } }), overnight, [1, 1], berlin),
    single('Amplitude: and not a day of the clock', window({ within: { hours: 23 } }), overnight, [1, 0], berlin),
    single(
      'by the day, from midnight to midnight',
      window({ within: { hours: 23 }, grain: 'day' }),
      [
        ['a', '2026-03-28T12:00:00+01:00'],
        ['b', '2026-03-29T23:30:00+02:00'],
      ],
      [1, 0],
      berlin,
    ),
    single('one event fills one of two equal steps', funnelOf(['a', 'a']), [['a', minute(0)]], [1, 0]),
    single('two events of one instant fill two', funnelOf(['a', 'a']), twice, [1, 1]),
    single('unless steps need a later instant', funnelOf(['a', 'a'], { sameInstant: 'never' }), twice, [1, 0]),
  ];
}

export const otherCases = (): EventFunnelCase[] => [
  ...plausibleCases(),
  ...growthbookCases(),
  ...hubspotCases(),
  ...factCases(),
];
