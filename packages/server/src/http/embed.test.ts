import { createHash } from 'node:crypto';
import { plainEnvelope } from '@sama/metrics/client';
import { Refusal } from '@sama/metrics/contracts';
import { DEFAULT_DEFINITIONS } from '@sama/metrics/definitions';
import * as fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { doorOf } from '../ledger/index.ts';
import type { Grant } from '../sign-in/grant.ts';
import { Keyring } from '../sign-in/keyring.ts';
import type { SignIn } from '../sign-in/signed.ts';
import { tokenSignIn } from '../sign-in/tokens.ts';
import { Snapshots } from '../snapshots/store.ts';
import { post, testApp } from '../testing/app.ts';
import { funnelEnvelope, ScriptedEngine } from '../testing/engine.ts';
import { offer, openTestKeeper } from '../testing/ledgers.ts';
import { ALL, bearer, NOON, testSignIn } from '../testing/sign-in.ts';
import { temporaryFolder } from '../testing/stores.ts';
import { TicketAnswer } from '../sign-in/grant.ts';
import { readSaid, WIDGETS } from './embed-said.ts';

const HOSTILE = '</script><script>window.pwned=1</script><img src=x onerror="window.pwned=1">';
const stages = [
  { stage: 'Lead', count: 18_400 },
  { stage: HOSTILE, count: 7312 },
  { stage: 'Won', count: 391 },
];
const engine = () => new ScriptedEngine(async () => plainEnvelope(stages, { label: 'Lead to won' }));
const appWith = (changes: Parameters<typeof testApp>[0] = {}) =>
  testApp({ engine: engine(), definitions: () => DEFAULT_DEFINITIONS, ...changes }).app;

const open = appWith();

describe('the page', () => {
  test('says everything in HTML, and runs nothing that it was given', async () => {
    const response = await open.request('/embed/funnel?period=2026-Q3&label=%3Cb%3E%22x');
    expect(response.status).toBe(200);
    const text = await response.text();
    expect(text).toContain('391 of 18,400');
    expect(text).toContain('<title>&lt;b&gt;&quot;x</title>');
    expect(text).toMatch(
      /<sama-funnel period="2026-Q3" label="&lt;b&gt;&quot;x" src="\/"><template shadowrootmode="open">/,
    );
    expect(text).not.toMatch(/<img|<script>(?!\{)|\sstyle=/);
    expect(text.match(/<script/g)).toHaveLength(3);
    expect(await (await open.request('/embed/funnel?locale=de-AT')).text()).toMatch(/<html lang="de-AT"[^]*391 von/);
  });

  test('tells the times of hand-offs in the zone of the company, wherever its machine stands, or in the one asked for', async () => {
    const keeper = await openTestKeeper(await temporaryFolder());
    onTestFinished(() => keeper.close());
    await offer(keeper, 'H1');
    const desk = { engine: keeper.engine(engine()), ledger: doorOf(keeper), timeZone: () => 'Asia/Kathmandu' };
    const textOf = async (query: string) =>
      (await appWith(desk).request(`/embed/handoff-queue?view=all${query}`)).text();
    expect(await textOf('')).toMatch(/ time-zone="Asia\/Kathmandu"[^]*Cam Demoson[^]*Times in Asia\/Kathmandu/);
    expect(await textOf('&time-zone=America/Lima')).toContain('Times in America/Lima');
  });

  test('allows its own style sheets by their hashes, its own scripts, and frames in pages on the list', async () => {
    const response = await appWith({ origins: ['https://intranet.example.com', 'http://[::1]:4400'] }).request(
      '/embed/funnel',
    );
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).not.toMatch(/unsafe|\*|data:/);
    expect(policy).toContain("frame-ancestors 'self' https://intranet.example.com;");
    expect(policy).toContain("script-src 'self';");
    const styles = [...(await response.text()).matchAll(/<style>(.*?)<\/style>/gs)].map(
      ([, style = '']) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    );
    expect(styles).toHaveLength(2);
    expect(policy).toContain(`style-src ${styles.join(' ')};`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
    });
    expect(response.headers.get('x-frame-options')).toBeNull();
  });

  test.each([
    ['/embed/nothing', 404, /no widget nothing.*funnel/],
    ['/embed/provider', 404, /no widget provider/],
    ['/embed/toString', 404, /no widget/],
    ['/embed/..%2fassets', 404, /no widget/],
    ['/embed/funnel?onclick=1', 422, /onclick: not an attribute.*period/],
    ['/embed/funnel?src=https://evil.example', 422, /src: not an attribute/],
    ['/embed/funnel?definition-href=https://evil.example', 422, /definition-href/],
    [`/embed/funnel?label=${'x'.repeat(201)}`, 422, /label: longer/],
    ['/embed/funnel?width=1e9', 422, /width/],
    ['/embed/funnel?period=2026&period=2025', 422, /twice/],
    ['/embed/funnel?locale=%3Cx%3E', 422, /locale/],
    ['/embed/funnel?part=0', 422, /part/],
    ['/embed/funnel?snapshot=x&ticket=y', 422, /ticket/],
    ['/embed/funnel?snapshot=x&period=2026', 422, /period: a snapshot/],
    ['/embed/funnel?snapshot=x', 404, /snapshot/],
  ])('%s gets %i', async (path, status, message) => {
    const response = await open.request(path);
    expect(response.status).toBe(status);
    expect(Refusal.parse(await response.json()).message).toMatch(message);
  });

  test('says in the widget what cannot be asked, and leaves to the browser what takes too long', async () => {
    const wrong = await open.request('/embed/funnel?view=nonsense&time-zone=Nowhere/Else');
    expect([wrong.status, (await wrong.text()).includes('391 of')]).toEqual([200, false]);
    const never = new ScriptedEngine(() => new Promise(() => {}));
    const text = await (await appWith({ engine: never, waitMs: 50 }).request('/embed/funnel')).text();
    expect(text).toContain('class="skeleton"');
    expect(text).not.toContain('application/json');
  });
});

/** A server with sign-in, its clock, and a key with these rights. */
async function gated(allowed: Partial<Grant> = {}) {
  let now = NOON;
  const { folder, keyring, signIn } = await testSignIn(() => now);
  const { key, secret } = await keyring.add('intranet', 'issue', { ...ALL, ...allowed });
  const asked = new ScriptedEngine();
  const snapshots = await Snapshots.open(folder, () => now);
  onTestFinished(() => snapshots.close());
  const made = { engine: asked, snapshots, origins: ['https://x.example'] };
  const { app } = testApp({ ...made, signIn });
  const restarted = (gate: SignIn) => testApp({ ...made, signIn: gate }).app;
  const ticket = async (wish = {}): Promise<string> => {
    const body = { v: 1, sub: 'dana', ticket: true, ...wish };
    const answer = await app.request('/v1/tokens', post(body, bearer(secret)));
    return TicketAnswer.parse(await answer.json()).ticket;
  };
  const open = (shown: string, path = '/embed/funnel', init?: RequestInit) =>
    app.request(`${path}?ticket=${shown}`, init);
  return {
    folder,
    keyring,
    key,
    secret,
    asked,
    snapshots,
    app,
    restarted,
    ticket,
    open,
    wait: (s: number) => (now += s),
  };
}

const isWaiting = async (response: Response): Promise<boolean> => {
  const text = await response.text();
  expect(text.includes('id="waits"')).toBe(!text.includes('7,312'));
  expect(text).not.toContain('dana');
  return text.includes('id="waits"');
};

describe('a ticket', () => {
  test('opens a page once, with its rights, in frames of its pages, and says nothing of itself', async () => {
    const { ticket, open, asked } = await gated({
      origins: ['https://intranet.example.com'],
      rows: { field: 'owner', eq: 'dana' },
    });
    const shown = await ticket();
    const response = await open(shown);
    expect(response.headers.get('content-security-policy')).toContain(
      "frame-ancestors 'self' https://intranet.example.com;",
    );
    const text = await response.text();
    expect(text).toContain('7,312');
    expect(text).not.toContain(shown);
    expect(text).not.toMatch(/<sama-funnel[^>]* src=/);
    expect(asked.asked[0]?.context.rights.rows).toEqual({ field: 'owner', eq: 'dana' });
    expect(await isWaiting(await open(shown))).toBe(true);
    expect(asked.asked).toHaveLength(1);
  });

  test('is not spent by who looks ahead, nor by an address that is wrong', async () => {
    const { ticket, open } = await gated();
    const shown = await ticket();
    expect((await open(shown, '/embed/funnel', { method: 'HEAD' })).status).toBe(200);
    expect((await open(shown, '/embed/funnel', { headers: { 'sec-purpose': 'prefetch;prerender' } })).status).toBe(503);
    expect((await open(`${shown}&on=1`)).status).toBe(422);
    expect(await isWaiting(await open(shown))).toBe(false);
  });

  test('of several who show it at once one gets it', async () => {
    const { ticket, open } = await gated();
    const shown = await ticket();
    const all = await Promise.all(Array.from({ length: 8 }, async () => isWaiting(await open(shown))));
    expect(all.filter((waits) => !waits)).toHaveLength(1);
  });

  test('holds for a minute, over a restart, until its person or key is taken back', async () => {
    const { ticket, open, keyring, key, folder, app, restarted, wait, secret } = await gated();
    const late = await ticket({ seconds: 10 });
    const kept = await ticket();
    wait(10);
    expect(await isWaiting(await open(late))).toBe(true);
    const again = await Keyring.open(folder, () => NOON + 59);
    onTestFinished(() => again.close());
    const anew = restarted(tokenSignIn(again, { audience: 'sama', tenant: 'default' }));
    expect(await isWaiting(await anew.request(`/embed/funnel?ticket=${kept}`))).toBe(false);
    const [ofPerson, ofKey] = [await ticket(), await ticket({ sub: 'eli' })];
    await keyring.revoke('subject', 'dana');
    expect(await isWaiting(await open(ofPerson))).toBe(true);
    await keyring.revokeKey(key.id);
    expect(await isWaiting(await open(ofKey))).toBe(true);
    expect((await app.request('/v1/tokens', post({ v: 1, sub: 'x', ticket: true }, bearer(secret)))).status).toBe(401);
  });

  test('is no token, nor a token a ticket, and no longer than a minute', async () => {
    const { ticket, open, app, secret } = await gated();
    const shown = await ticket();
    expect((await app.request('/v1/meta', { headers: bearer(shown) })).status).toBe(401);
    const asked = async (body: object) => (await app.request('/v1/tokens', post(body, bearer(secret)))).status;
    expect(await asked({ v: 1, sub: 'dana', ticket: true, seconds: 61 })).toBe(422);
    expect(await isWaiting(await open(secret))).toBe(true);
    expect(await isWaiting(await app.request('/embed/funnel', { headers: bearer(secret) }))).toBe(true);
  });

  test('that may not ask this is told so', async () => {
    const { ticket, open, asked } = await gated({ scopes: ['kpi'] });
    const response = await open(await ticket());
    expect(response.status).toBe(403);
    expect(asked.asked).toEqual([]);
  });
});

test('nothing in an address widens the rows, the scopes or the hidden groups of a ticket', async () => {
  const rows = { field: 'owner', eq: 'dana' };
  const { ticket, open, asked } = await gated({
    scopes: ['funnel:lead-to-won', 'kpi:win-rate'],
    caps: [],
    rows,
    suppress: 0,
  });
  const names = [
    'rows',
    'scopes',
    'caps',
    'rights',
    'tenant',
    'suppress',
    'filter',
    'segment',
    'period',
    'funnel',
    'kpi',
    'kpis',
    'view',
    'measure',
    'compare',
    'label',
  ];
  const value = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom(
      '*',
      'all',
      'lead-to-won',
      'event-funnel',
      'win-rate',
      '2026-Q3',
      'snapshot',
      'segment:region',
      '{"all":[]}',
      "' OR 1=1 --",
    ),
  );
  const query = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 5 });
  const widget = fc.constantFrom(...Object.keys(WIDGETS));
  await fc.assert(
    fc.asyncProperty(widget, query, async (name, said) => {
      asked.asked.length = 0;
      const address = new URLSearchParams(said).toString();
      const response = await open(`${await ticket()}&${address}`, `/embed/${name}`);
      expect([200, 403, 422]).toContain(response.status);
      for (const { question, context } of asked.asked) {
        expect(context.rights).toEqual({ tenant: 'default', scopes: ['funnel', 'kpi'], caps: [], rows });
        expect(['funnel', 'kpi']).toContain(question.kind);
        const named = question.kind === 'funnel' ? [question.funnel] : question.kind === 'kpi' ? question.kpis : [];
        expect([['lead-to-won'], ['win-rate']]).toContainEqual(named);
      }
    }),
    { numRuns: 60 },
  );
});

test('an address is read the same however it is asked', () => {
  const read = readSaid('kpi', new URLSearchParams('kpi=win-rate&period=2026-Q3&locale=AR-eg'));
  expect(read).toMatchObject({
    ok: true,
    value: { attributes: { kpi: 'win-rate', period: '2026-Q3' }, locale: 'ar-EG', rtl: true },
  });
});

test('a snapshot is shown as it was kept, in pages on the list, until it is taken back', async () => {
  const { snapshots, app, asked } = await gated();
  const envelope = funnelEnvelope({ asOf: '2026-06-16T06:00:00Z' });
  const { id, link } = await snapshots.add([envelope], { title: 'Third quarter', maker: 'dana', days: 1 });
  const open = (more = '') => app.request(`/embed/funnel?snapshot=${link}${more}`);
  const response = await open();
  expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'self' https://x.example;");
  const text = await response.text();
  expect(text).toContain('7,312');
  expect(text).toContain('data-asks="never"');
  expect(await (await app.request(`/s/${link}`)).headers.get('content-security-policy')).toContain(
    "frame-ancestors 'self' https://x.example;",
  );
  expect((await open('&part=2')).status).toBe(404);
  expect((await app.request(`/embed/scorecard?snapshot=${link}`)).status).toBe(404);
  await snapshots.revoke(id);
  expect((await open()).status).toBe(410);
  expect(asked.asked).toEqual([]);
});
