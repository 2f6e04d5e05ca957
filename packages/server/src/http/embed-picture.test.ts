import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Envelope } from '@sama/metrics/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Snapshots } from '../snapshots/store.ts';
import { testApp } from '../testing/app.ts';
import { FUNNEL_ANSWER, funnelEnvelope } from '../testing/engine.ts';

const HOSTILE = '</text><script>alert(1)</script>&"\u0001';
const funnel = funnelEnvelope({ asOf: '2026-06-16T06:00:00Z' });
const named: Envelope = { ...funnel, data: { ...FUNNEL_ANSWER, label: HOSTILE } };
const kpis: Envelope = {
  ...funnel,
  data: {
    kind: 'kpi',
    timeZone: 'UTC',
    kpis: [
      {
        id: 'win-rate',
        label: `Win rate ${HOSTILE}`,
        definition: { id: 'win-rate', version: '1.0.0', hash: 'a'.repeat(64) },
        unit: 'share',
        direction: 'up',
        additivity: 'ratio',
        owners: ['sales'],
        revenuePath: [],
        aspect: 'win-rate',
        inPeriod: true,
        value: { result: { value: 0.234 }, numerator: 234, denominator: 1000, flags: [], also: [] },
        inputs: [],
      },
    ],
  },
};

let folder: string;
let snapshots: Snapshots;
let app: ReturnType<typeof testApp>['app'];
let link: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sama-picture-'));
  snapshots = await Snapshots.open(folder);
  ({ app } = testApp({ snapshots }));
  ({ link } = await snapshots.add([named, kpis], { title: HOSTILE, maker: 'dana', days: 1 }));
});
afterAll(async () => {
  await snapshots.close();
  await rm(folder, { recursive: true, force: true });
});

const asked = (path: string) => app.request(`/embed/${path}`);

test.each([
  ['funnel', ['MQL', '7,312', '18,400']],
  ['scorecard', ['Win rate', '23.4']],
  ['kpi', ['Win rate', '23.4']],
])('the SVG of a %s says its numbers, in words too, and runs nothing', async (widget, texts) => {
  const response = await asked(`${widget}.svg?snapshot=${link}&label=Third+%3Cquarter%3E`);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/svg+xml; charset=utf-8',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'cross-origin',
    'referrer-policy': 'no-referrer',
  });
  const svg = await response.text();
  for (const text of texts) expect(svg).toContain(text);
  const [, spoken = ''] = /role="img" aria-label="([^"]*)"/.exec(svg) ?? [];
  expect(spoken).toMatch(/^Third &(lt|#60);quarter/);
  expect(spoken).toMatch(/7,312|23\.4/);
  expect(svg).not.toMatch(/<script|<style|<foreignObject|\son\w+=|href|url\((?!#)/);
  expect(svg).not.toContain('\u0001');
});

test('a PNG is drawn with letters of its own, twice as dense, and of the language asked for', async () => {
  const response = await asked(`funnel.png?snapshot=${link}`);
  expect(response.headers.get('content-type')).toBe('image/png');
  const png = Buffer.from(await response.arrayBuffer());
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  const [, width = '', height = ''] =
    /width="(\d+)" height="(\d+)"/.exec(await (await asked(`funnel.svg?snapshot=${link}`)).text()) ?? [];
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([Number(width) * 2, Number(height) * 2]);
  const other = Buffer.from(await (await asked(`funnel.png?snapshot=${link}&locale=de`)).arrayBuffer());
  expect(other.equals(png)).toBe(false);
  expect(await (await asked(`funnel.svg?snapshot=${link}&locale=ar`)).text()).toContain('direction="rtl"');
  const dark = await (await asked(`funnel.svg?snapshot=${link}&theme=dark`)).text();
  expect(dark).not.toContain('fill="#ffffff"');
});

test.each([
  ['funnel.svg', 401],
  ['funnel.png?ticket=abc', 401],
  ['funnel.png?snapshot=none', 404],
  ['glossary.svg?snapshot=LINK', 404],
  ['nothing.svg?snapshot=LINK', 404],
  ['funnel.svg?snapshot=LINK&period=2026', 422],
  ['funnel.gif?snapshot=LINK', 404],
  ['funnel.svg?snapshot=GONE', 410],
])('%s gets %i', async (path, status) => {
  const taken = await snapshots.add([funnel], { title: 'T', maker: 'dana', days: 1 });
  await snapshots.revoke(taken.id);
  expect((await asked(path.replace('LINK', link).replace('GONE', taken.link))).status).toBe(status);
});
