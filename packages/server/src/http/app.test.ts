import { Meta, Refusal } from '@sama/metrics/contracts';
import { DEFAULT_DEFINITIONS, definitionHash } from '@sama/metrics/definitions';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { ELEMENTS, encode, post, testApp } from '../testing/app.ts';
import { createPagesApp } from './app.ts';
import type { ServedFile } from './folder.ts';

const QUERY = `/v1/query?q=${encode({ kind: 'funnel', funnel: 'lead-to-won' })}`;

describe('Host', () => {
  test.each(['localhost', 'localhost:4400', '127.0.0.1:4400', '[::1]:4400', 'LOCALHOST'])(
    'answers to %s',
    async (host) => {
      expect((await testApp().app.request('/healthz', { headers: { host } })).status).toBe(200);
    },
  );

  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    '192.168.1.5:4400',
    '[::2]',
    'localhost@evil.example',
    'evil.example#localhost',
    '2130706433',
    '',
  ])('refuses %j', async (host) => {
    for (const path of ['/healthz', QUERY, '/cdn/latest/sama-funnel.js', '/']) {
      const response = await testApp().app.request(path, { headers: { host } });
      expect(response.status).toBe(403);
      expect(Refusal.parse(await response.json()).message).toMatch(/^Host: .*localhost/);
    }
  });
});

describe('Origin', () => {
  const allowed = 'https://intranet.example.com';
  const { app } = testApp({ origins: [allowed] });

  test.each([
    [undefined, 200, null],
    ['http://localhost', 200, null],
    [allowed, 200, allowed],
    ['https://evil.example', 403, null],
    ['http://intranet.example.com', 403, null],
    ['https://intranet.example.com.evil.example', 403, null],
    ['null', 403, null],
  ])('of %s gets %i', async (origin, status, header) => {
    const headers: Record<string, string> = origin === undefined ? {} : { origin };
    for (const response of [
      await app.request(QUERY, { headers }),
      await app.request('/v1/query', post({ v: 1, questions: [{ kind: 'funnel', funnel: 'lead-to-won' }] }, headers)),
    ]) {
      expect(response.status).toBe(status);
      expect(response.headers.get('access-control-allow-origin')).toBe(header);
      expect(response.headers.get('access-control-allow-credentials')).toBeNull();
      expect(response.headers.get('vary')).toContain('Origin');
      expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    }
  });

  test('asks first and is told what it may', async () => {
    const preflight = (origin: string) =>
      app.request('/v1/query', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
      });
    const yes = await preflight(allowed);
    expect(yes.status).toBe(204);
    expect(yes.headers.get('access-control-allow-origin')).toBe(allowed);
    expect(yes.headers.get('access-control-allow-methods')).toBe('GET,POST,DELETE');
    expect(yes.headers.get('access-control-allow-headers')).toContain('Content-Type');
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('/v1/meta', () => {
  test('lists definitions with their hashes and stages, and the element files', async () => {
    const response = await testApp({ demo: () => true }).app.request('/v1/meta');
    const meta = Meta.parse(await response.json());
    expect(meta).toMatchObject({ dataVersion: 'data-1', dataThrough: '2026-06-16', demo: true, engine: 'scripted 1' });
    expect(meta.definitions.map(({ id, hash }) => [id, hash])).toEqual(
      DEFAULT_DEFINITIONS.map((d) => [d.id, definitionHash(d)]),
    );
    expect(meta.definitions[0]?.stages[0]).toEqual({ key: 'lead', label: 'Lead', owner: 'marketing' });
    expect(meta.definitions[0]?.side.map(({ key }) => key)).toContain('disqualified');
    expect(meta.elements.files).toEqual(ELEMENTS.listed);
  });
});

describe('/cdn', () => {
  test('serves a file for ever, to any origin, with the integrity it lists', async () => {
    const { app } = testApp();
    const response = await app.request('/cdn/0.1.0/sama-funnel.js', { headers: { origin: 'https://any.example' } });
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    });
    const digest = await crypto.subtle.digest('SHA-384', await response.arrayBuffer());
    const integrity = `sha384-${Buffer.from(digest).toString('base64')}`;
    const list = await (await app.request('/cdn/0.1.0/integrity.json')).json();
    expect(list).toMatchObject({ version: '0.1.0', files: [{ path: 'sama-funnel.js', integrity }] });
  });

  test('redirects latest, anew each time', async () => {
    const response = await testApp().app.request('/cdn/latest/sama-funnel.js');
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('/cdn/0.1.0/sama-funnel.js');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  test.each([
    ['/cdn/9.9.9/sama-funnel.js', /0\.1\.0, not 9\.9\.9/],
    ['/cdn/0.1.0/other.js', /no file other\.js.*sama-funnel\.js/],
    ['/cdn/0.1.0/..%2f..%2fpackage.json', /no file/],
  ])('says what there is instead of %s', async (path, message) => {
    const response = await testApp().app.request(path);
    expect(response.status).toBe(404);
    expect(Refusal.parse(await response.json()).message).toMatch(message);
  });
});

describe('pages', () => {
  const html =
    '<script src="{{sama.origin}}/cdn/{{sama.version}}/sama-funnel.js" integrity="{{sama.integrity}}"></script><i data-a="{{sama.integrity:sama-funnel.js}}" data-b="{{sama.integrity:none.js}}"></i><a href="{{sama.partner}}">';
  const file = (text: string, type: string): ServedFile => ({ body: new TextEncoder().encode(text), type });
  const files = new Map([
    ['index.html', file(html, 'text/html; charset=utf-8')],
    ['plain.html', file('plain', 'text/html; charset=utf-8')],
    ['page.css', file('a {}', 'text/css; charset=utf-8')],
  ]);
  const pin = ELEMENTS.listed[0]?.integrity ?? '';

  test('fill in addresses and forbid all that is inline', async () => {
    const { app } = testApp({ pages: { files, partnerPort: 4401 } });
    const response = await app.request('http://localhost:4400/');
    expect(await response.text()).toBe(
      `<script src="http://localhost:4400/cdn/0.1.0/sama-funnel.js" integrity="${pin}"></script><i data-a="${pin}" data-b=""></i><a href="http://localhost:4401">`,
    );
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toContain('unsafe');
    expect(await (await app.request('/plain')).text()).toBe('plain');
    expect((await app.request('/page.css')).headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect((await app.request('/other.html')).status).toBe(404);
    expect((await app.request('/%2e%2e/package.json')).status).toBe(404);
  });

  test('of another origin may load from Sama only', async () => {
    const app = createPagesApp({ files, samaPort: 4400 }, ELEMENTS, () => {});
    const response = await app.request('http://127.0.0.1:4401/');
    expect(await response.text()).toContain('src="http://127.0.0.1:4400/cdn/0.1.0/');
    expect(response.headers.get('content-security-policy')).toContain(
      'script-src http://127.0.0.1:4400; connect-src http://127.0.0.1:4400;',
    );
    expect((await app.request('/', { headers: { host: 'evil.example' } })).status).toBe(403);
    expect((await app.request('/v1/meta')).status).toBe(404);
  });
});

describe('/v1/openapi.json', () => {
  const Document = z.looseObject({
    paths: z.record(z.string(), z.record(z.string(), z.unknown())),
    components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
  });

  test('is valid OpenAPI 3.1 and every reference in it resolves', async () => {
    const text = await (await testApp().app.request('/v1/openapi.json')).text();
    const result = await new Validator().validate(JSON.parse(text));
    expect(result).toMatchObject({ valid: true });
    const { components } = Document.parse(JSON.parse(text));
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]);
    expect(references.length).toBeGreaterThan(10);
    for (const reference of references)
      expect(Object.keys(components.schemas).map((name) => `#/components/schemas/${name}`)).toContain(reference);
  });

  test('covers each route, and no other', async () => {
    const { app } = testApp({ figures: { text: () => Promise.resolve({ type: 'text/plain', body: '' }) } });
    const { paths } = Document.parse(await (await app.request('/v1/openapi.json')).json());
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const registered = app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')}`);
    expect([...new Set(registered)].sort()).toEqual(described.sort());
  });
});

describe('methods', () => {
  const page = { body: new TextEncoder().encode('page'), type: 'text/html; charset=utf-8' };
  const { app } = testApp({ pages: { files: new Map([['index.html', page]]) } });
  const routes: readonly [path: string, allow: string][] = [
    [QUERY, 'GET, HEAD, POST'],
    ['/v1/meta', 'GET, HEAD'],
    ['/v1/openapi.json', 'GET, HEAD'],
    ['/healthz', 'GET, HEAD'],
    ['/cdn/0.1.0/sama-funnel.js', 'GET, HEAD'],
    ['/', 'GET, HEAD'],
  ];

  test.each(routes)('of %s that are not answered get 405 and what is', async (path, allow) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'QUERY']) {
      if (allow.includes(method)) continue;
      const response = await app.request(path, { method });
      expect(response.status, method).toBe(405);
      expect(response.headers.get('allow')).toBe(allow);
      expect(response.headers.get('cache-control')).toBe('no-store');
      const { code, message } = Refusal.parse(await response.json());
      expect(code).toBe('unsupported');
      expect(message).toBe(`${method} ${path.split('?')[0]} is not answered. Use ${allow}.`);
    }
  });

  test.each(routes)('HEAD of %s is a GET without a body', async (path) => {
    const [head, get] = [await app.request(path, { method: 'HEAD' }), await app.request(path)];
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
  });

  test('of a page that is not listed, or another host, are no way round the guards', async () => {
    const headers = { origin: 'https://evil.example' };
    expect((await app.request('/v1/meta', { method: 'DELETE', headers })).status).toBe(403);
    expect((await app.request('/healthz', { method: 'DELETE', headers: { host: 'evil.example' } })).status).toBe(403);
    expect((await testApp().app.request('/v1/nowhere', { method: 'DELETE' })).status).toBe(404);
  });
});

test('an unknown address says what is served', async () => {
  const response = await testApp().app.request('/v2/query');
  expect(response.status).toBe(404);
  expect(Refusal.parse(await response.json()).message).toMatch(/openapi\.json/);
});
