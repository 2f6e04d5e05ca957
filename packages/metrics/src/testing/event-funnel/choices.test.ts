import { describe, expect, test } from 'vitest';
import { OWNER_RIGHTS } from '../../contracts/index.ts';
import { answerWith, createMemoryEngine } from '../../engine/index.ts';
import { record } from '../scene.ts';
import { ask, countsOf } from './asking.ts';
import { day, funnelOf, happenings, having, type Happening } from './scene.ts';

const abc = funnelOf(['a', 'b', 'c'], { window: { within: { days: 10 } } });

describe('what became of them', () => {
  const activities = [
    ...happenings('converted', [
      ['a', day(1)],
      ['b', day(2)],
      ['c', day(3)],
    ]),
    ...happenings('dropped', [
      ['a', day(1)],
      ['b', day(2)],
    ]),
    ...happenings('open', [
      ['a', day(25)],
      ['b', day(26)],
    ]),
    // Its first try has run out, the second has not.
    ...happenings('again', [
      ['a', day(1)],
      ['b', day(2)],
      ['a', day(27)],
    ]),
    ...happenings('last moment', [['a', day(20)]]),
  ];

  test('converted, open and dropped add up, at each step too', async () => {
    const { outcomes, steps } = await ask({ activities }, abc, { asOf: day(30) });
    expect(outcomes).toEqual({ entered: 5, converted: 1, open: 2, dropped: 2 });
    expect(steps.map((s) => s.outcomes)).toEqual([
      { advanced: 4, open: 0, dropped: 1 },
      { advanced: 1, open: 2, dropped: 1 },
      { advanced: 1, open: 0, dropped: 0 },
    ]);
  });

  test('a moment before the window is over, all may still convert', async () => {
    const { outcomes } = await ask({ activities }, abc, {
      asOf: day(30, '11:59:59'),
      filter: { field: 'id', eq: 'last moment' },
    });
    expect(outcomes).toMatchObject({ entered: 1, open: 1 });
  });

  test('in strict order another event ends a try, without a window nothing else does', async () => {
    const strict = funnelOf(['a', 'b'], { order: 'strict' });
    const ended = happenings('ended', [
      ['a', day(1)],
      ['x', day(2)],
    ]);
    const waiting = happenings('waiting', [
      ['x', day(1)],
      ['a', day(2)],
    ]);
    const { outcomes } = await ask({ activities: [...ended, ...waiting] }, strict);
    expect(outcomes).toEqual({ entered: 2, converted: 0, open: 1, dropped: 1 });
  });

  test('an answer says how many have had the window', async () => {
    const { maturity, flags } = await createMemoryEngine({ activities }).answer(
      { kind: 'eventFunnel', funnel: 'events' },
      { definitions: [abc], rights: OWNER_RIGHTS, asOf: day(30), timeZone: 'UTC' },
    );
    expect(maturity).toEqual({ mature: false, horizonMs: 864_000_000, basis: 'window', members: 5, followed: 4 });
    expect(flags).toEqual(['immature', 'small-n']);
  });
});

describe('of equally deep tries', () => {
  const activities = happenings('u', [
    ['a', day(1), { ad: 'first' }],
    ['a', day(3), { ad: 'second' }],
    ['b', day(4)],
    ['b', day(6)],
  ]);
  const spanOf = async (pick: 'nearest' | 'earliest') =>
    (await ask({ activities }, funnelOf(['a', 'b'], { pick }))).time?.mean.value ?? 0;

  test('the nearest counts, or the earliest', async () => {
    expect((await spanOf('nearest')) / 86_400_000).toBe(1);
    expect((await spanOf('earliest')) / 86_400_000).toBe(3);
  });

  test('the value of the one that counts is taken', async () => {
    const keyOf = async (pick: 'nearest' | 'earliest') =>
      (await ask({ activities }, funnelOf(['a', 'b'], { pick }), { breakdown: { event: 'attributes.ad' } })).breakdown
        ?.groups[0]?.key;
    expect(await keyOf('nearest')).toBe('second');
    expect(await keyOf('earliest')).toBe('first');
  });

  test('each entry is a trial of its own when asked for', async () => {
    const { outcomes } = await ask({ activities }, funnelOf(['a', 'b'], { unit: 'entry' }));
    expect(outcomes).toEqual({ entered: 2, converted: 2, open: 0, dropped: 0 });
  });
});

describe('breakdown', () => {
  const activities = [
    ...happenings('u', [
      ['a', day(1)],
      ['b', day(2), { browser: 'Safari' }],
      ['b', day(3), { browser: 'Chrome' }],
      ['c', day(4), { browser: 'Firefox' }],
    ]),
    ...happenings('v', [['a', day(1)]]),
  ];
  const by = async (attribution: 'first' | 'last' | 'all' | { step: string }) =>
    (await ask({ activities }, abc, { breakdown: { event: 'attributes.browser', attribution } })).breakdown?.groups.map(
      (g) => [g.key, g.steps.map(({ count }) => count)],
    );

  test('by the first, the last or a certain event that has a value', async () => {
    expect(await by('first')).toEqual([
      ['Safari', [1, 1, 1]],
      [null, [1, 0, 0]],
    ]);
    expect(await by('last')).toEqual([
      ['Firefox', [1, 1, 1]],
      [null, [1, 0, 0]],
    ]);
    expect(await by({ step: 's2' })).toEqual([
      ['Firefox', [1, 1, 1]],
      [null, [1, 0, 0]],
    ]);
    expect(await by({ step: 's0' })).toEqual([[null, [2, 1, 1]]]);
  });

  test('by all: each value has its own funnel', async () => {
    expect(await by('all')).toEqual([[null, [2, 0, 0]]]);
  });

  test('by the record of the actor, which also filters', async () => {
    const records = [
      record('u', { attributes: { region: 'North' } }),
      record('v', { attributes: { region: 'South' } }),
    ];
    const { breakdown } = await ask({ activities, records }, abc, { breakdown: { actor: 'attributes.region' } });
    expect(breakdown?.groups.map(({ key }) => key)).toEqual(['North', 'South']);
    const south = await ask({ activities, records }, abc, { filter: having({ region: 'South' }) });
    expect(countsOf(south)).toEqual([1, 0, 0]);
  });

  test('the others add up to one', async () => {
    const many = ['x', 'x', 'y', 'z'].flatMap((ad, i) => happenings(`${i}`, [['a', day(1), { ad }]]));
    const { breakdown } = await ask({ activities: many }, abc, { breakdown: { event: 'attributes.ad', limit: 1 } });
    expect(breakdown?.groups.map(({ key, other, steps }) => [key, other, steps[0]?.count])).toEqual([
      ['x', false, 2],
      [null, true, 2],
    ]);
  });
});

describe('time', () => {
  test('a trend is of the days of the time zone, also where the clocks change', async () => {
    // Half past midnight on 29 March in Berlin is still 28 March in UTC; that day has 23 hours.
    const activities = happenings('u', [
      ['a', '2026-03-28T23:30:00Z'],
      ['b', '2026-03-28T23:40:00Z'],
    ]);
    const entered = async (timeZone: string) =>
      (
        await ask({ activities }, funnelOf(['a', 'b']), { trend: 'day', period: '2026-03-28/2026-03-31', timeZone })
      ).trend?.rows.map((r) => r.entered);
    expect(await entered('UTC')).toEqual([1, 0, 0]);
    expect(await entered('Europe/Berlin')).toEqual([0, 1, 0]);
  });

  test('an event without a time comes just before the next step of its day, else at its end', async () => {
    const counts = async (events: Happening[], asOf: string) =>
      countsOf(
        await ask({ activities: happenings('u', events) }, funnelOf(['a', 'b']), { asOf, timeZone: 'Europe/Berlin' }),
      );
    expect(
      await counts(
        [
          ['a', '2026-01-05'],
          ['b', '2026-01-05T08:00:00+01:00'],
        ],
        day(9),
      ),
    ).toEqual([1, 1]);
    expect(
      await counts(
        [
          ['a', '2026-01-05'],
          ['b', '2026-01-04T23:30:00+01:00'],
        ],
        day(9),
      ),
    ).toEqual([1, 0]);
    expect(
      await counts(
        [
          ['b', '2026-01-05'],
          ['a', '2026-01-05T08:00:00+01:00'],
        ],
        day(9),
      ),
    ).toEqual([1, 1]);
    // On its own day it is known, and the day after it is not yet.
    expect(await counts([['a', '2026-01-05']], '2026-01-05T06:00:00+01:00')).toEqual([1, 0]);
    await expect(counts([['a', '2026-01-06']], '2026-01-05T06:00:00+01:00')).resolves.toEqual([0, 0]);
  });

  test('mean, median and 90th percentile are of those who did it', async () => {
    const activities = [1, 2, 3, 10].flatMap((hours, i) =>
      happenings(`${i}`, [
        ['a', day(1, '00:00:00')],
        ['b', day(1, `${String(hours).padStart(2, '0')}:00:00`)],
      ]),
    );
    const { time } = await ask({ activities }, funnelOf(['a', 'b']));
    const hours = [time?.mean, time?.median, time?.p90].map((span) =>
      Number(((span?.value ?? 0) / 3_600_000).toFixed(6)),
    );
    expect(hours).toEqual([4, 2.5, 7.9]);
    expect((await ask({ activities }, funnelOf(['a', 'c']))).time).toMatchObject({
      n: 0,
      mean: { value: null, reason: 'insufficient-data' },
      histogram: [],
    });
  });
});

test('the first of a name must also fit, the first that fits need not be the first of its name', async () => {
  const activities = happenings('u', [
    ['a', day(1), { plan: 'free' }],
    ['a', day(2), { plan: 'paid' }],
    ['b', day(3)],
  ]);
  const paid = { id: 'paid', event: 'a', where: having({ plan: 'paid' }) };
  expect(countsOf(await ask({ activities }, funnelOf([{ ...paid, firstTime: 'match' }, 'b'])))).toEqual([1, 1]);
  expect(countsOf(await ask({ activities }, funnelOf([{ ...paid, firstTime: 'event' }, 'b'])))).toEqual([0, 0]);
  // The first ever was before the period.
  const february = { period: '2026-01-02/2026-02-01' };
  expect(
    countsOf(await ask({ activities }, funnelOf([{ id: 'a', event: 'a', firstTime: 'match' }, 'b']), february)),
  ).toEqual([0, 0]);
});

test('a clean try keeps an actor that another try would exclude', async () => {
  const excluding = { ...abc, exclusions: [{ event: 'x', from: 's0', to: 's1' }] };
  const activities = [
    ...happenings('clean later', [
      ['a', day(1)],
      ['x', day(2)],
      ['a', day(3)],
      ['b', day(4)],
    ]),
    ...happenings('never clean', [
      ['a', day(1)],
      ['x', day(2)],
      ['b', day(3)],
    ]),
  ];
  const { breakdown } = await ask({ activities }, excluding, { breakdown: { event: 'personId' } });
  expect(breakdown?.groups.map(({ key, steps }) => [key, steps.map(({ count }) => count)])).toEqual([
    ['clean later', [1, 1, 0]],
  ]);
});

test('what goes with converting is found in the records, too', async () => {
  const records = Array.from({ length: 20 }, (_, i) =>
    record(`${i}`, { attributes: { size: i < 10 ? 'large' : 'small' } }),
  );
  const activities = records.flatMap(({ id }, i) =>
    happenings(id, [
      ['a', day(1)],
      ...(i % 10 < (i < 10 ? 8 : 2)
        ? ([
            ['b', day(2)],
            ['c', day(3)],
          ] satisfies Happening[])
        : []),
    ]),
  );
  const { correlation } = await ask({ activities, records }, abc, { correlate: { actor: 'attributes.size' } });
  expect(correlation).toEqual({
    of: 'actor',
    field: 'attributes.size',
    converted: 10,
    dropped: 10,
    rows: [
      { key: 'large', converted: 8, dropped: 2, odds: 9, direction: 'success' },
      { key: 'small', converted: 2, dropped: 8, odds: 1 / 9, direction: 'failure' },
    ],
  });
});

describe('what cannot be answered is refused by name', () => {
  const context = { definitions: [abc], rights: OWNER_RIGHTS, asOf: day(9), timeZone: 'UTC' };

  test('a question of the other mode', async () => {
    const { code, message } = await createMemoryEngine({}).answer({ kind: 'funnel', funnel: 'events' }, context);
    expect({ code, message }).toEqual({
      code: 'invalid-question',
      message: 'funnel "events" counts events, not stages: ask a question of kind "eventFunnel"',
    });
  });

  test('single records to whom may not drill', async () => {
    const rights = { ...OWNER_RIGHTS, caps: [] };
    const question = { kind: 'eventFunnel', funnel: 'events', breakdown: { event: 'personId' } } as const;
    const { status, code, message } = await createMemoryEngine({}).answer(question, { ...context, rights });
    expect({ status, code, message }).toMatchObject({
      status: 'denied',
      code: 'forbidden',
      message: expect.stringContaining('"personId"'),
    });
  });

  test('an engine that has no events to count', async () => {
    const nothing = () => {
      throw new Error('not asked');
    };
    const { code, message } = await answerWith(
      { kind: 'eventFunnel', funnel: 'events' },
      context,
      { funnel: nothing, entries: nothing, measure: nothing },
      { name: 'other', now: () => day(9) },
    );
    expect({ code, message }).toEqual({
      code: 'unsupported',
      message: 'engine "other" does not count funnels of events: ask the in-memory engine',
    });
  });

  test('an event without a moment', () => {
    expect(() => createMemoryEngine({ activities: happenings('u', [['a', 'yesterday']]) })).toThrow(
      'event "a": at "yesterday" is neither a day nor an instant',
    );
  });
});
