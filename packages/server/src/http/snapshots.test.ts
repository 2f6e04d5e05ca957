import { Refusal } from '@sama/metrics/contracts';
import { expect, onTestFinished, test } from 'vitest';
import { Snapshots } from '../snapshots/store.ts';
import { post, testApp } from '../testing/app.ts';
import { funnelEnvelope, ScriptedEngine } from '../testing/engine.ts';
import { bearer, NOON, testSignIn } from '../testing/sign-in.ts';
import { SnapshotAnswer, SnapshotList } from './snapshots.ts';

const FUNNEL = { kind: 'funnel', funnel: 'lead-to-won' };
const EVIL = '</script><script>alert(1)</script><img src=x onerror=alert(1)>';

/** A server with snapshots, its clock, and what is asked of it. */
async function served() {
  let now = NOON;
  const { folder, signIn, sign, right } = await testSignIn(() => now);
  const open = () => Snapshots.open(folder, () => now);
  let snapshots = await open();
  onTestFinished(() => snapshots.close());
  const engine = new ScriptedEngine((_question, context) => {
    const envelope = funnelEnvelope(context);
    return envelope.data?.kind === 'funnel' ? { ...envelope, data: { ...envelope.data, label: EVIL } } : envelope;
  });
  const app = () => testApp({ signIn, engine, snapshots }).app;
  const as = async (sub: string, changes = {}) =>
    bearer(await sign(right({ sub, scopes: ['funnel', 'handoffs'], caps: ['export'], ...changes })));
  const make = async (body: unknown, headers: Record<string, string>) =>
    app().request('/v1/snapshots', post(body, headers));
  return {
    engine,
    app,
    as,
    make,
    wait: (seconds: number) => (now += seconds),
    restart: async () => {
      await snapshots.close();
      snapshots = await open();
    },
  };
}

const BODY = { v: 1, title: `Third <b>quarter</b>`, questions: [FUNNEL] };

test('a link shows what stood when it was made, without a token or a script, until it is taken back', async () => {
  const made = await served();
  const dana = await made.as('dana', { rows: { field: 'owner', eq: 'dana' } });
  const { id, link, expiresAt } = SnapshotAnswer.parse(await (await made.make(BODY, dana)).json());
  expect(link).toMatch(/^\/s\/[\w-]{32}$/);
  expect(expiresAt).toBe('2026-07-16T12:00:00.000Z');
  expect(made.engine.asked[0]?.context.rights.rows).toEqual({ field: 'owner', eq: 'dana' });
  await made.restart();
  const page = await made.app().request(link);
  expect(Object.fromEntries(page.headers)).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex',
    'content-security-policy': expect.stringContaining("script-src 'self'"),
  });
  const text = (await page.text()).replaceAll(/>\s+</g, '><');
  expect(text).toContain('<th>MQL</th><td>7,312</td><td>39.7%</td>');
  expect(text).toContain('Third &lt;b&gt;quarter&lt;/b&gt;');
  expect(text).toMatch(/As it stood on 16 June 2026 at 12:00 \(times in UTC\)/);
  expect(text.match(/<script[^>]*>/g)).toEqual([
    expect.stringMatching(/^<script src="\/cdn\/0\.1\.0\/sama-funnel\.js" integrity="sha384-/),
    '<script type="application/json">',
  ]);
  expect(text).not.toContain('<img');
  expect(made.engine.asked).toHaveLength(1);
  const remove = async (headers: Record<string, string>) =>
    (await made.app().request(`/v1/snapshots/${id}`, { method: 'DELETE', headers })).status;
  expect(await remove(await made.as('eli'))).toBe(404);
  expect(await remove(dana)).toBe(204);
  expect(await remove(dana)).toBe(404);
  const gone = await made.app().request(link);
  expect([gone.status, Refusal.parse(await gone.json()).code]).toEqual([410, 'not-found']);
});

test('a link ends with its time, another is none, and lists are of one maker', async () => {
  const made = await served();
  const { link } = SnapshotAnswer.parse(await (await made.make({ ...BODY, days: 1 }, await made.as('dana'))).json());
  await made.make({ ...BODY, title: 'Other' }, await made.as('eli'));
  const list = async (headers: Record<string, string>) =>
    SnapshotList.parse(await (await made.app().request('/v1/snapshots', { headers })).json()).snapshots;
  expect((await list(await made.as('eli'))).map(({ title, maker }) => [title, maker])).toEqual([['Other', 'eli']]);
  expect(await list(await made.as('ops', { scopes: ['*'] }))).toHaveLength(2);
  expect((await made.app().request(`${link.slice(0, -6)}______`)).status).toBe(404);
  made.wait(86_399);
  expect((await made.app().request(link)).status).toBe(200);
  made.wait(1);
  expect((await made.app().request(link)).status).toBe(410);
});

test('only funnels and KPIs leave by a link, within the rights of their maker, and all or none', async () => {
  const made = await served();
  const status = async (body: unknown, changes = {}) => (await made.make(body, await made.as('dana', changes))).status;
  expect(await status({ ...BODY, questions: [FUNNEL, { kind: 'handoffs' }] })).toBe(422);
  expect(await status({ ...BODY, questions: [{ kind: 'kpi' }] })).toBe(403);
  expect(await status(BODY, { caps: ['act', 'drill'] })).toBe(403);
  expect(await status(BODY, { suppress: 5 })).toBe(403);
  expect(await status({ ...BODY, questions: [] })).toBe(422);
  expect(await status({ ...BODY, days: 1000 })).toBe(422);
  expect(await status('{')).toBe(422);
  expect((await made.app().request('/v1/snapshots', { headers: await made.as('dana') })).status).toBe(200);
  const { snapshots } = SnapshotList.parse(
    await (await made.app().request('/v1/snapshots', { headers: await made.as('dana') })).json(),
  );
  expect(snapshots).toEqual([]);
});
