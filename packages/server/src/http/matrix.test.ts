import { Refusal } from '@sama/metrics/contracts';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { expect, onTestFinished, test } from 'vitest';
import { doorOf } from '../ledger/index.ts';
import { encode, post, testApp } from '../testing/app.ts';
import { commandOn, offer, openTestKeeper } from '../testing/ledgers.ts';
import { ScriptedEngine } from '../testing/engine.ts';
import { ALL, bearer, NOON, testSignIn } from '../testing/sign-in.ts';
import { Snapshots } from '../snapshots/store.ts';
import { STAGES } from '../testing/deals.ts';
import { temporaryFolder, testStore } from '../testing/stores.ts';
import { Arrivals } from '../uploads/arrivals.ts';
import { Uploads } from '../uploads/uploads.ts';

const FUNNEL = { kind: 'funnel', funnel: 'lead-to-won' };
/** A question that needs a scope, and one that needs a capability, that not everybody has. */
const MEASURE = { kind: 'measure', measure: { of: 'person', aggregates: ['count'] } };
const KPI = { kind: 'kpi' };
const SINGLE = { ...FUNNEL, filter: { field: 'id', eq: 'p1' } };

const PAGE = 'https://intranet.example.com';
const OTHER_PAGE = 'https://crm.example.com';

/** What is shown at the gate. Those of `scope` and `capability` hold, but not for what is asked with them. */
const KINDS = [
  'none',
  'expired',
  'not yet valid',
  'wrong audience',
  'wrong key',
  'alg none',
  'revoked',
  'key revoked',
  'too long a life',
  'wrong tenant',
  'wrong origin',
  'unlisted origin',
  'missing scope',
  'missing capability',
  'a key',
  'right',
] as const;
type Kind = (typeof KINDS)[number];
type Row = Record<Kind, number>;

const all = (status: number): Row =>
  // The compiler holds the table to the list of kinds.
  ({
    none: status,
    expired: status,
    'not yet valid': status,
    'wrong audience': status,
    'wrong key': status,
    'alg none': status,
    revoked: status,
    'key revoked': status,
    'too long a life': status,
    'wrong tenant': status,
    'wrong origin': status,
    'unlisted origin': 403,
    'missing scope': status,
    'missing capability': status,
    'a key': status,
    right: status,
  });
const open = all(200);
/** For whoever has a token that holds, on its pages, for this tenant. */
const guarded: Row = {
  ...all(401),
  'wrong tenant': 403,
  'wrong origin': 403,
  'missing scope': 200,
  'missing capability': 200,
  right: 200,
};

const filed: Row = { ...all(401), 'wrong origin': 403, right: 403 };

/** Every route, with what it needs. A route without a row fails. */
const ROUTES: Record<string, { row: Row; ask: (kind: Kind) => [path: string, init?: RequestInit] }> = {
  'GET /v1/query': {
    row: { ...guarded, 'missing scope': 403, 'missing capability': 403 },
    ask: (kind) => [`/v1/query?q=${encode(questionFor(kind))}`],
  },
  'GET /v1/query.csv': {
    row: { ...guarded, 'missing scope': 403, 'missing capability': 403 },
    ask: (kind) => [`/v1/query.csv?q=${encode(kind === 'missing scope' ? MEASURE : FUNNEL)}`],
  },
  'POST /v1/query': {
    row: { ...guarded, 'missing scope': 403, 'missing capability': 403 },
    ask: (kind) => ['/v1/query', post({ v: 1, questions: [questionFor(kind)] })],
  },
  'POST /v1/commands': {
    row: { ...guarded, 'missing scope': 403, 'missing capability': 403 },
    ask: () => ['/v1/commands', post(commandOn('H1', 'note', { text: 'called' }, 2))],
  },
  'GET /v1/annotations': { row: { ...guarded, 'missing scope': 403 }, ask: () => ['/v1/annotations'] },
  'GET /v1/audit': {
    row: { ...guarded, 'missing scope': 403, 'missing capability': 403 },
    ask: () => ['/v1/audit?format=csv'],
  },
  'GET /v1/persons/:id': {
    row: { ...guarded, 'missing scope': 403, 'missing capability': 403 },
    ask: () => ['/v1/persons/p-H1'],
  },
  'DELETE /v1/persons/:id': {
    row: { ...guarded, 'missing scope': 403, 'missing capability': 403, right: 204 },
    ask: () => ['/v1/persons/p-H1', { method: 'DELETE' }],
  },
  'GET /v1/meta': { row: guarded, ask: () => ['/v1/meta'] },
  'GET /v1/live': { row: guarded, ask: () => ['/v1/live'] },
  // Pages send an Origin, and keys are not for them.
  'POST /v1/tokens': {
    row: { ...all(401), 'wrong origin': 403, right: 403, 'a key': 200 },
    ask: () => ['/v1/tokens', post({ v: 1, sub: 'dana' })],
  },
  'POST /v1/snapshots': {
    row: { ...guarded, 'missing scope': 403, 'missing capability': 403 },
    ask: (kind) => ['/v1/snapshots', post({ v: 1, title: 'T', questions: [kind === 'missing scope' ? KPI : FUNNEL] })],
  },
  'GET /v1/snapshots': { row: { ...guarded, 'missing capability': 403 }, ask: () => ['/v1/snapshots'] },
  // There is none; whoever may not have any hears that first.
  'DELETE /v1/snapshots/:id': {
    row: { ...guarded, 'missing scope': 404, 'missing capability': 403, right: 404 },
    ask: () => ['/v1/snapshots/none', { method: 'DELETE' }],
  },
  'GET /s/:link': { row: { ...all(404), 'unlisted origin': 404 }, ask: () => ['/s/none'] },
  // Who comes without a ticket gets a page without data.
  'GET /embed/:widget': { row: { ...open, 'unlisted origin': 200 }, ask: () => ['/embed/funnel'] },
  // It answers for what whoever has a link may see; there is none.
  'GET /oembed': { row: { ...all(404), 'unlisted origin': 404 }, ask: () => ['/oembed?url=http://localhost/s/none'] },
  // Files are taken from programs with a key of their own.
  'POST /imports': { row: filed, ask: () => ['/imports', post({ v: 1, file: 'a.csv' })] },
  'POST /imports/events': { row: all(403), ask: () => ['/imports/events', post({ events: [] })] },
  'POST /imports/:id/content': { row: filed, ask: () => ['/imports/one/content', post({})] },
  'GET /imports/:id': { row: filed, ask: () => ['/imports/one'] },
  'GET /imports/:id/rejects': { row: filed, ask: () => ['/imports/one/rejects'] },
  'GET /:path{.*}': { row: { ...open, 'unlisted origin': 200 }, ask: () => ['/'] },
  'GET /v1/openapi.json': { row: open, ask: () => ['/v1/openapi.json'] },
  // Prometheus has a token of its own.
  'GET /metrics': { row: { ...all(401), 'unlisted origin': 401 }, ask: () => ['/metrics'] },
  'GET /readyz': { row: { ...open, 'unlisted origin': 200 }, ask: () => ['/readyz'] },
  'GET /healthz': { row: { ...open, 'unlisted origin': 200 }, ask: () => ['/healthz'] },
  'GET /cdn/:version/:path{.+}': {
    row: { ...open, 'unlisted origin': 200 },
    ask: () => ['/cdn/0.1.0/sama-funnel.js'],
  },
};

const questionFor = (kind: Kind) =>
  kind === 'missing scope' ? MEASURE : kind === 'missing capability' ? SINGLE : FUNNEL;

async function served() {
  const gate = await testSignIn();
  const keeper = await openTestKeeper(await temporaryFolder());
  onTestFinished(() => keeper.close());
  await offer(keeper, 'H1');
  const store = await testStore(join(await temporaryFolder(), 'store'));
  const uploads = await Uploads.open({ store, stages: STAGES, entryStages: [], timeZone: 'UTC', log: () => {} });
  onTestFinished(() => uploads.close());
  const arrivals = await Arrivals.open({
    store,
    stages: STAGES,
    timeZone: 'UTC',
    log: () => {},
    inTurn: (work) => work(),
  });
  onTestFinished(() => arrivals.close());
  const page = { body: new TextEncoder().encode('page'), type: 'text/html; charset=utf-8' };
  const snapshots = await Snapshots.open(gate.folder);
  onTestFinished(() => snapshots.close());
  const { app } = testApp({
    signIn: gate.signIn,
    snapshots,
    figures: { text: () => Promise.resolve({ type: 'text/plain', body: '' }), token: 'figures' },
    imports: { uploads, arrivals, key: 'import-key-of-at-least-24-characters' },
    pages: { files: new Map([['index.html', page]]) },
    origins: [PAGE, OTHER_PAGE],
    engine: keeper.engine(new ScriptedEngine()),
    ledger: doorOf(keeper),
  });
  return { app, gate };
}

/** The headers of each kind. */
async function headersOf({ keyring, sign, right, hostKey }: Awaited<ReturnType<typeof testSignIn>>) {
  const { secret } = await keyring.add('intranet', 'issue', { ...ALL, suppress: 0 });
  const gone = await keyring.add('gone', 'HS256', ALL);
  const ofGone = await sign(right(), { kid: gone.key.id, secret: gone.secret });
  await keyring.revokeKey(gone.key.id);
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  await keyring.revoke('token', 'taken-back');
  const on = (token: string, origin?: string) => ({ ...bearer(token), ...(origin === undefined ? {} : { origin }) });
  const headers: Record<Kind, Record<string, string>> = {
    none: {},
    expired: on(await sign(right({ exp: NOON - 6 }))),
    'not yet valid': on(await sign(right({ nbf: NOON + 6 }))),
    'wrong audience': on(await sign(right({ aud: 'another' }))),
    'wrong key': on(
      await new SignJWT(right()).setProtectedHeader({ alg: 'HS256', kid: hostKey.id }).sign(new Uint8Array(32)),
    ),
    'alg none': on(`${part({ alg: 'none', kid: hostKey.id })}.${part(right())}.`),
    revoked: on(await sign(right({ jti: 'taken-back' }))),
    'key revoked': on(ofGone),
    'too long a life': on(await sign(right({ exp: NOON + 601 }))),
    'wrong tenant': on(await sign(right({ tenant: 'acme' }))),
    'wrong origin': on(await sign(right({ origins: [PAGE] })), OTHER_PAGE),
    'unlisted origin': on(await sign(right()), 'https://evil.example'),
    'missing scope': on(await sign(right({ scopes: ['funnel'] }))),
    'missing capability': on(await sign(right({ caps: [] }))),
    'a key': on(secret),
    right: on(await sign(right({ origins: [PAGE] })), PAGE),
  };
  return headers;
}

test('every route answers every kind of token as its row says, and says nothing of others', async () => {
  const { app, gate } = await served();
  const routes = app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`);
  expect([...new Set(routes)].sort()).toEqual(Object.keys(ROUTES).sort());
  const headers = await headersOf(gate);
  const answers: [route: string, kind: Kind, status: number][] = [];
  const rows: [route: string, kind: Kind, status: number][] = [];
  for (const [route, { row, ask }] of Object.entries(ROUTES)) {
    for (const kind of KINDS) {
      const [path, init] = ask(kind);
      const response = await app.request(path, { ...init, headers: { ...Object(init?.headers), ...headers[kind] } });
      answers.push([route, kind, response.status]);
      rows.push([route, kind, row[kind]]);
      if (response.status < 400) {
        await response.body?.cancel();
        continue;
      }
      const text = await response.text();
      const { status } = Refusal.parse(JSON.parse(text));
      expect([route, kind, status]).toEqual([route, kind, response.status === 404 ? 'error' : 'denied']);
      expect(text).not.toMatch(/acme|dana|\bhost\b|intranet|\.ts|SELECT|stack|sama_[\w-]{20}/i);
      expect(response.headers.get('www-authenticate') ?? '').toMatch(response.status === 401 ? /^Bearer\b/ : /^$/);
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
  }
  expect(answers).toEqual(rows);
});
