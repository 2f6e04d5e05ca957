import { Envelope } from '@sama/metrics/contracts';
import { expect, test } from 'vitest';
import { testDesk } from '../testing/desk.ts';
import { funnelEnvelope, ScriptedEngine } from '../testing/engine.ts';
import { recordedTerminal } from '../testing/terminal.ts';
import { queryCommand } from './query.ts';
import { run } from './run.ts';
import type { OpenWorkspace, Place } from './workspace.ts';

/** Runs `sama query` on a scripted engine. */
async function query(args: readonly string[], engine = new ScriptedEngine(), input = '') {
  const terminal = recordedTerminal(input);
  const opened: Place[] = [];
  let closed = 0;
  const open: OpenWorkspace = async (place, log) => {
    opened.push(place);
    return {
      desk: testDesk({ engine, log }),
      close: async () => {
        closed += 1;
      },
    };
  };
  const code = await run(queryCommand(terminal, open), args, terminal);
  return { code, ...terminal.written, asked: engine.asked.map(({ question }) => question), opened, closed };
}

test('asks a funnel and prints its table', async () => {
  const { code, out, err, asked, opened, closed } = await query([
    'funnel',
    'lead-to-won',
    '--period',
    '2026-Q1',
    '--store',
    'here',
  ]);
  expect({ code, err, closed }).toEqual({ code: 0, err: '', closed: 1 });
  expect(asked).toEqual([{ kind: 'funnel', funnel: 'lead-to-won', period: '2026-Q1' }]);
  expect(opened).toMatchObject([{ store: 'here' }]);
  expect(out).toContain('MQL     7,312');
  expect(out).toContain('Definition lead-to-won 1.0.0, agreed by marketing, sales');
});

test('prints the envelope as JSON and nothing else', async () => {
  const { code, out } = await query(['funnel', 'lead-to-won', '--json']);
  expect(code).toBe(0);
  expect(Envelope.parse(JSON.parse(out))).toEqual(funnelEnvelope({ asOf: '2026-06-16T06:00:00Z' }));
});

test('takes a whole question, also from standard input', async () => {
  const question = { kind: 'measure', measure: 'win-rate' };
  expect((await query(['--question', JSON.stringify(question)])).asked).toEqual([question]);
  expect((await query(['--question', '-'], undefined, JSON.stringify(question))).asked).toEqual([question]);
  expect((await query(['measure', 'win-rate'])).asked).toEqual([question]);
});

test('asks for the records behind a number', async () => {
  const whom = ['--stage', 'sal', '--outcome', 'lost', '--period', '2026-Q1', '--segment', 'dach', '--window', '30d'];
  const how = ['--fields', 'amount, attributes.region', '--sort', '-amount', '--limit', '10', '--offset', '20'];
  const { code, asked } = await query(['records', 'lead-to-won', ...whom, ...how]);
  expect(code).toBe(0);
  expect(asked).toEqual([
    {
      kind: 'records',
      funnel: 'lead-to-won',
      stage: 'sal',
      outcome: 'lost',
      period: '2026-Q1',
      segment: 'dach',
      window: { days: 30 },
      fields: ['amount', 'attributes.region'],
      sort: { by: 'amount', descending: true },
      limit: 10,
      offset: 20,
    },
  ]);
});

test('asks why two numbers differ: the other is as the first but for what is said of it', async () => {
  const one = ['difference', 'lead-to-won', '--period', '2026-Q1', '--segment', 'dach', '--stage', 'mql'];
  const other = ['--than', 'view=activity', 'segment=', '--than', 'window=30d', '--reported', '212', '--records', '5'];
  const { code, asked } = await query([...one, ...other]);
  expect(code).toBe(0);
  const a = { funnel: 'lead-to-won', stage: 'mql', period: '2026-Q1' };
  expect(asked).toEqual([
    {
      kind: 'difference',
      a: { ...a, segment: 'dach' },
      b: { ...a, view: 'activity', window: { days: 30 }, reported: 212 },
      records: 5,
    },
  ]);
});

test.each([
  [['--stage', 'mql', '--than', 'veiw=activity'], '--than: veiw=activity is no setting; write one of funnel, stage'],
  [['--stage', 'mql', '--than', 'view'], '--than: view is no setting'],
  [['--stage', 'mql', '--than', 'view=all'], 'b.view'],
  [['--stage', 'mql', '--reported', 'many'], 'b.reported'],
  [['--stage', 'mql', '--records', '101'], 'records'],
  [[], '--stage'],
])('a difference with %j is no question', async (args, message) => {
  const { code, err, asked } = await query(['difference', 'lead-to-won', ...args]);
  expect(code).not.toBe(0);
  expect(err).toContain(message);
  expect(asked).toEqual([]);
});

test.each([
  [['--stage', 'sal', '--limit', 'many'], 'limit'],
  [['--stage', 'sal', '--limit', '501'], 'limit'],
  [['--stage', 'sal', '--fields', 'email'], 'a field is id'],
  [['--stage', 'sal', '--outcome', 'gone'], 'outcome'],
  [[], '--stage'],
])('records with %j are no question', async (args, message) => {
  const { code, err, asked } = await query(['records', 'lead-to-won', ...args]);
  expect(code).not.toBe(0);
  expect(err).toContain(message);
  expect(asked).toEqual([]);
});

test('an answer that says no fails, on stderr, with the reason', async () => {
  const engine = new ScriptedEngine(() => ({
    v: 1,
    status: 'error',
    flags: [],
    code: 'unknown-definition',
    message: 'funnel "nope" is not defined; known: lead-to-won@1.0.0',
    warnings: [],
  }));
  const { code, out, err, closed } = await query(['funnel', 'nope'], engine);
  expect({ code, out, closed }).toEqual({ code: 1, out: '', closed: 1 });
  expect(err).toBe('sama: funnel "nope" is not defined; known: lead-to-won@1.0.0\n');
  const json = await query(['funnel', 'nope', '--json'], engine);
  expect(json.code).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject({ status: 'error' });
});

test('an empty answer is no failure', async () => {
  const engine = new ScriptedEngine(() => ({ v: 1, status: 'empty', flags: [], code: 'no-data-yet', warnings: [] }));
  const { code, out, err } = await query(['funnel', 'lead-to-won', '--store', 'elsewhere'], engine);
  expect(code).toBe(0);
  expect(out).toMatch(/^There is no data yet\./);
  expect(err).toContain('there are no records in elsewhere');
});

test('what an engine throws goes to stderr', async () => {
  const engine = new ScriptedEngine(() => {
    throw new Error('disk is gone');
  });
  const { code, err } = await query(['funnel', 'lead-to-won'], engine);
  expect(code).toBe(1);
  expect(err).toContain('disk is gone');
});

test.each([
  [[], /say what to ask/],
  [['forecast'], /forecast is no kind of question/],
  [['funnel'], /missing required argument 'name'/],
  [['funnel', 'lead-to-won', '--perid', '2026'], /unknown option '--perid'\s+\(Did you mean --period\?\)/],
  [['funnel', 'lead-to-won', '--view', 'sideways'], /Allowed choices are cohort, activity, snapshot/],
  [['funnel', 'lead-to-won', '--window', 'soon'], /--window: soon is no time/],
  [['--question', '{'], /--question is not JSON/],
])('wrong usage %j exits with 2 before anything is opened', async (args, message) => {
  const { code, err, opened } = await query(args);
  expect(code).toBe(2);
  expect(err).toMatch(message);
  expect(opened).toEqual([]);
});

test('help shows examples and succeeds', async () => {
  const { code, out } = await query(['--help']);
  expect(code).toBe(0);
  expect(out).toContain('sama query funnel lead-to-won --period 2026-Q3 --compare previous');
});
