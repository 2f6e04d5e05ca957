import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Envelope, Meta } from '@sama/metrics/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApp } from '../http/app.ts';
import { developmentSignIn } from '../sign-in/signed.ts';
import { ELEMENTS } from '../testing/app.ts';
import { recordedTerminal } from '../testing/terminal.ts';
import { demoCommand } from './demo.ts';
import { queryCommand } from './query.ts';
import { run } from './run.ts';
import { openWorkspace } from './workspace.ts';

let store: string;

beforeEach(async () => {
  store = await mkdtemp(join(tmpdir(), 'sama-demo-'));
});
afterEach(() => rm(store, { recursive: true, force: true }));

async function demo(...args: readonly string[]) {
  const terminal = recordedTerminal();
  return { code: await run(demoCommand(terminal), ['--store', store, ...args], terminal), ...terminal.written };
}

async function query(...args: readonly string[]) {
  const terminal = recordedTerminal();
  const code = await run(queryCommand(terminal), [...args, '--store', store, '--json'], terminal);
  return {
    code,
    err: terminal.written.err,
    envelope: terminal.written.out === '' ? undefined : Envelope.parse(JSON.parse(terminal.written.out)),
  };
}

const leads = (envelope: Envelope | undefined): number | undefined =>
  envelope?.data?.kind === 'funnel' ? envelope.data.stages[0]?.count : undefined;

test('fills an empty store, true for its own moment and marked in every answer', async () => {
  expect(await demo('--persons', '300')).toMatchObject({
    code: 0,
    out: '',
    err: expect.stringMatching(/^Made up a company of 300 persons: \d+ records, /),
  });
  const { code, envelope } = await query('funnel', 'lead-to-won');
  expect(code).toBe(0);
  expect(envelope).toMatchObject({
    status: 'ok',
    definition: { version: '3.2.0' },
    data: { timeZone: 'Europe/Berlin' },
  });
  expect(envelope?.flags).toContain('demo');
  expect(Date.parse(envelope?.asOf ?? '')).toBe(Date.parse('2026-10-15T06:00:00Z'));
  expect(leads(envelope)).toBeGreaterThan(200);
});

test('keeps its hands off a store with records, unless forced, and then replaces its own', async () => {
  await demo('--persons', '300');
  const before = await query('funnel', 'lead-to-won');
  const refused = await demo('--persons', '400');
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('--force') });
  expect(leads((await query('funnel', 'lead-to-won')).envelope)).toBe(leads(before.envelope));
  expect(await demo('--persons', '400', '--force')).toMatchObject({ code: 0 });
  const after = leads((await query('funnel', 'lead-to-won')).envelope) ?? 0;
  expect(after).toBeGreaterThan(leads(before.envelope) ?? 0);
  // Those of the ledger of a small company are people of its own.
  await rm(join(store, 'ledger.sqlite'));
  expect(leads((await query('funnel', 'lead-to-won')).envelope)).toBeLessThanOrEqual(400);
  expect(await demo('--persons', '400', '--force')).toMatchObject({
    code: 0,
    err: expect.stringContaining('there already'),
  });
});

test.each([
  ['--persons', '99'],
  ['--persons', 'many'],
  ['--seed', '-1'],
])('refuses %s %s as wrong usage', async (...args) => {
  expect((await demo(...args)).code).toBe(2);
});

test('a running server sees what another process imports', async () => {
  const workspace = await openWorkspace({ store }, () => {});
  try {
    const app = createApp({
      ...workspace.desk,
      version: '0.1.0',
      dataThrough: workspace.dataThrough,
      origins: [],
      signIn: developmentSignIn({ id: 'a', name: 'A', team: 'sales', role: 'seller' }),
      elements: ELEMENTS,
    });
    const meta = async (): Promise<Meta> => Meta.parse(await (await app.request('/v1/meta')).json());
    const before = await meta();
    expect(before).toMatchObject({ demo: false, dataVersion: 'empty' });
    await demo('--persons', '300');
    await expect.poll(async () => (await meta()).demo, { timeout: 10_000 }).toBe(true);
    const after = await meta();
    expect(after.dataVersion).not.toBe('empty');
    expect(after.definitions.map(({ id }) => id)).toContain('win-rate');
    expect(Date.parse(after.dataThrough ?? '')).toBeLessThanOrEqual(Date.parse('2026-10-15T06:00:00Z'));
  } finally {
    await workspace.close();
  }
});

test.each([
  ['--as-of', 'yesterday', /--as-of|asOf/],
  ['--time-zone', 'Mars/Base', /time zone/i],
])('refuses %s %s', async (flag, value, message) => {
  const { code, err } = await query('funnel', 'lead-to-won', flag, value);
  expect(code).not.toBe(0);
  expect(err).toMatch(message);
});
