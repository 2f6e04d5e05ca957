import { html } from 'lit';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { SamaFunnel } from '../funnel/funnel.ts';
import '../funnel/define.ts';
import { SamaKpi } from '../kpi/kpi.ts';
import '../kpi/define.ts';
import { SamaScorecard } from '../scorecard/scorecard.ts';
import '../scorecard/define.ts';
import { healthy as funnel } from '../testing/funnel-samples.ts';
import * as kpis from '../testing/kpi-samples.ts';
import { type Place, place, settled } from '../testing/mount.ts';

afterEach(() => vi.restoreAllMocks());

const drawings = {
  funnel: {
    open: () => place(SamaFunnel, { render: () => html`<sama-funnel label="A/B: C" .data=${funnel}></sama-funnel>` }),
    says: ['MQL', '7,312', '39.7%', 'As of Jun 16, 2026'],
  },
  scorecard: {
    open: () =>
      place(SamaScorecard, {
        render: () => html`<sama-scorecard label="A/B: C" .data=${kpis.healthy}></sama-scorecard>`,
      }),
    says: ['MQL volume', '69.8', 'target 75%', 'At risk', 'As of Jun 16, 2026, 06:00'],
  },
  kpi: {
    open: () =>
      place(SamaKpi, {
        render: () => html`<sama-kpi label="A/B: C" kpi="acceptance" .data=${kpis.healthy}></sama-kpi>`,
      }),
    says: ['69.8', 'target 75%', 'At risk'],
  },
};

/** Chooses something of the menu; the file it gives the reader, and what is said of it. */
async function choose(at: Place, name: string): Promise<{ file: string; blob: Blob; said: string }> {
  const blobs: Blob[] = [];
  const { createObjectURL } = URL;
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    if (blob instanceof Blob) blobs.push(blob);
    return createObjectURL(blob);
  });
  const files: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    files.push(this.download);
  });
  at.find('.menu summary').click();
  await settled(at.element);
  const item = at.all('.items button').find(({ textContent }) => textContent === name);
  if (!(item instanceof HTMLElement)) throw new Error(`the menu has no ${name}`);
  item.click();
  // A picture of many dots takes a busy machine its time.
  const patience = { timeout: 10_000 };
  await vi.waitFor(() => expect(blobs).toHaveLength(1), patience);
  await vi.waitFor(() => expect(at.find('.foot').textContent).toMatch(/Saved/), patience);
  const [blob = new Blob()] = blobs;
  return { file: files.join(), blob, said: at.find('.foot').textContent };
}

describe.each(Object.entries(drawings))('%s', (_, { open, says }) => {
  test('is saved as SVG that stands alone and says what is shown', async () => {
    using at = await open();
    const { file, blob } = await choose(at, 'Download SVG');
    expect([file, blob.type]).toEqual(['a-b-c.svg', 'image/svg+xml']);
    const svg = await blob.text();
    expect(new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('parsererror')).toBeNull();
    for (const text of says) expect(svg).toContain(text);
    expect(svg).not.toMatch(/<script|<style|<foreignObject|\son\w+=|href|url\((?!#)|var\(|undefined|NaN/);
  });

  test('is saved as PNG of twice as many dots, drawn over', async () => {
    using at = await open();
    const { file, blob, said } = await choose(at, 'Download PNG');
    expect([file, blob.type]).toEqual(['a-b-c.png', 'image/png']);
    expect(said).toContain('Saved as a file');
    const bitmap = await createImageBitmap(blob);
    expect(bitmap.width).toBe(1920);
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    canvas?.drawImage(bitmap, 0, 0);
    const dots = new Uint32Array(
      canvas?.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer ?? new ArrayBuffer(0),
    );
    expect(new Set(dots).size).toBeGreaterThan(50);
  });

  test('is saved as SVG, and said to be, where the page allows no PNG', async () => {
    using at = await open();
    vi.spyOn(HTMLImageElement.prototype, 'decode').mockRejectedValue(new Error('blocked'));
    const { file, said } = await choose(at, 'Download PNG');
    expect(file).toBe('a-b-c.svg');
    expect(said).toContain('Saved as SVG: this page allows no PNG');
  });
});
