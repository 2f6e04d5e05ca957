import type { Envelope, KpiAnswer } from '@sama/metrics/contracts';
import { afterEach, describe, expect, test } from 'vitest';
import '../locale/ar/define.ts';
import '../locale/de/define.ts';
import { renderPicture } from '../ssr/picture.ts';
import { healthy } from '../testing/kpi-samples.ts';
import { hostile } from '../testing/kpi-states.ts';

let shown: HTMLElement | undefined;
afterEach(() => shown?.remove());

/** A picture as the browser draws it. */
function draw(envelope: Envelope, locale: string): SVGSVGElement {
  const { svg = '' } = renderPicture(envelope, { locale }) ?? {};
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  shown = document.createElement('div');
  document.body.append(shown);
  shown.append(parsed);
  if (!(parsed instanceof SVGSVGElement)) throw new Error(svg);
  return parsed;
}
const textsOf = (picture: Element): SVGTextElement[] => [...picture.querySelectorAll('text')];

describe.each(['en', 'de', 'ar'])('KPIs as a picture in %s', (locale) => {
  test.each<[string, Envelope]>([
    ['that are well', healthy],
    ['with hostile names', hostile],
  ])('%s: every text is inside the picture, and none lies on another', (_name, envelope) => {
    const picture = draw(envelope, locale);
    const frame = picture.getBoundingClientRect();
    const boxes = textsOf(picture).map((text) => ({ text: text.textContent ?? '', box: text.getBoundingClientRect() }));
    expect(boxes.length).toBeGreaterThan(5);
    const outside = boxes.filter(({ box }) => box.left < frame.left - 1 || box.right > frame.right + 1);
    expect(outside.map(({ text }) => text)).toEqual([]);
    const touching = boxes.flatMap((one, i) =>
      boxes
        .slice(i + 1)
        .filter(
          (other) =>
            Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left) > 1 &&
            Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top) > 6,
        )
        .map((other) => `${one.text} / ${other.text}`),
    );
    expect(touching).toEqual([]);
  });
});

test('a tile says its value, target, change with interval, state, owner and version, and when its data ends', () => {
  const picture = draw(healthy, 'en');
  const said = textsOf(picture).map((text) => text.textContent);
  for (const words of [
    'Acceptance rate',
    '69.8 %',
    'target 75%',
    '−4.6 pts (−7.3 to',
    '−1.9)',
    'At risk',
    'Shared',
    'v3.2',
  ])
    expect(said).toContain(words);
  expect(said.at(-1)).toBe('As of Jun 16, 2026, 06:00');
  expect(picture.querySelectorAll('path[stroke-dasharray]').length).toBeGreaterThan(0);
});

test('what is not known is not drawn: no trend, no target, no date', () => {
  const data = healthy.data;
  if (data?.kind !== 'kpi') throw new Error('the sample has no KPIs');
  const bare: KpiAnswer = {
    ...data,
    kpis: data.kpis.slice(0, 1).map(({ trend: _, target: __, before: ___, ...kpi }) => kpi),
  };
  const { asOf: _, ...undated } = healthy;
  const picture = draw({ ...undated, data: bare }, 'en');
  expect(picture.querySelectorAll('path, circle')).toHaveLength(0);
  expect(picture.textContent).toContain('no target');
  expect(picture.textContent).not.toMatch(/As of|undefined|NaN/);
});
