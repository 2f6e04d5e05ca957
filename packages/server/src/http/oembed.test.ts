import { Refusal } from '@sama/metrics/contracts';
import { beforeAll, afterAll, expect, test } from 'vitest';
import { Snapshots } from '../snapshots/store.ts';
import { testApp } from '../testing/app.ts';
import { funnelEnvelope } from '../testing/engine.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OEmbedAnswer } from './oembed.ts';

const TITLE = `Q3 "<b>" & 'more'\u0001`;
let folder: string;
let snapshots: Snapshots;
let app: ReturnType<typeof testApp>['app'];
let link: string;
let gone: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sama-oembed-'));
  snapshots = await Snapshots.open(folder);
  ({ app } = testApp({ snapshots }));
  const kept = [funnelEnvelope({ asOf: '2026-06-16T06:00:00Z' })];
  ({ link } = await snapshots.add(kept, { title: TITLE, maker: 'dana', days: 1 }));
  const taken = await snapshots.add(kept, { title: TITLE, maker: 'dana', days: 1 });
  await snapshots.revoke(taken.id);
  gone = taken.link;
});
afterAll(async () => {
  await snapshots.close();
  await rm(folder, { recursive: true, force: true });
});

const asked = (url: string, more = '') => app.request(`/oembed?url=${encodeURIComponent(url)}${more}`);

test('a snapshot is embedded by its own address, whole or one widget of it, no larger than asked for', async () => {
  const whole = OEmbedAnswer.parse(
    await (await asked(`https://localhost/s/${link}#x`, '&maxwidth=400&maxheight=9000')).json(),
  );
  expect(whole).toMatchObject({ title: TITLE, width: 400, height: 640, provider_url: 'https://localhost/' });
  expect(whole.html).toContain(
    `<iframe src="https://localhost/s/${link}" title="Q3 &quot;&lt;b&gt;&quot; &amp; &#39;more&#39;\uFFFD" width="400"`,
  );
  const one = await asked(`http://localhost/embed/funnel?snapshot=${link}&label="><script>`);
  expect(OEmbedAnswer.parse(await one.json()).html).not.toMatch(/<script|"">/);
  expect(one.headers.get('cache-control')).toBe('no-store');
});

test('XML says the same', async () => {
  const response = await asked(`http://localhost/s/${link}`, '&format=xml');
  expect(response.headers.get('content-type')).toBe('text/xml; charset=utf-8');
  const text = await response.text();
  expect(text).toMatch(/^<\?xml version="1.0" encoding="utf-8" standalone="yes"\?>\n<oembed><type>rich<\/type>/);
  expect(text).toContain('<title>Q3 &quot;&lt;b&gt;&quot; &amp; &#39;more&#39;\uFFFD</title>');
  expect(text).toContain('<html>&lt;iframe src=');
});

test.each([
  ['http://localhost/embed/funnel?period=2026-Q3', 401],
  ['http://localhost/embed/funnel?ticket=abc', 401],
  ['http://localhost/embed/nothing', 404],
  ['http://localhost/s/none', 404],
  ['http://localhost/v1/meta', 404],
  ['http://localhost/', 404],
  ['https://evil.example/s/LINK', 404],
  ['http://localhost@evil.example/s/LINK', 404],
  ['http://evil@localhost/s/LINK', 404],
  ['http://localhost:81/s/LINK', 404],
  ['javascript:alert(1)', 404],
  ['not an address', 404],
  ['http://localhost/s/GONE', 404],
  ['http://localhost/embed/scorecard?snapshot=LINK', 404],
  ['http://localhost/embed/funnel?snapshot=LINK&on=1', 422],
  ['', 422],
])('%s gets %i', async (url, status) => {
  const response = await asked(url.replace('LINK', link).replace('GONE', gone));
  expect(response.status).toBe(status);
  expect(Refusal.parse(await response.json()).message).not.toBe('');
});

test('other formats are 501, and lengths are lengths', async () => {
  expect((await asked(`http://localhost/s/${link}`, '&format=yaml')).status).toBe(501);
  expect((await asked(`http://localhost/s/${link}`, '&maxwidth=1e3')).status).toBe(422);
});

test('pages of snapshots say where this is found, and those of tickets do not', async () => {
  const found = async (path: string): Promise<string[]> => {
    const text = await (await app.request(path)).text();
    return [...text.matchAll(/<link rel="alternate" type="[^"]*\+oembed" href="([^"]*)">/g)].map(([, href = '']) =>
      href.replaceAll('&amp;', '&'),
    );
  };
  for (const path of [`/s/${link}`, `/embed/funnel?snapshot=${link}&label=Third`]) {
    const links = await found(path);
    expect(links).toHaveLength(2);
    for (const href of links) expect((await app.request(href)).status).toBe(200);
  }
  expect(await found('/embed/funnel')).toEqual([]);
  const headers = { 'x-forwarded-proto': 'https' };
  const head = await (await app.request(`/s/${link}`, { headers })).text();
  const [, picture = ''] = /<meta property="og:image" content="([^"]*)"/.exec(head) ?? [];
  expect(picture).toBe(`https://localhost/embed/funnel.png?snapshot=${link}`);
  expect((await app.request(picture)).headers.get('content-type')).toBe('image/png');
});
