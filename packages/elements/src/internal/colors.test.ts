import { hostColors } from '@sama/tokens/host';
import { afterEach, expect, test } from 'vitest';
import { cdp } from 'vitest/browser';
import { healthy } from '../testing/funnel-samples.ts';
import { mount } from '../testing/mount.ts';
import { withData } from '../testing/story.ts';
import '../funnel/define.ts';
import { colorsOf } from './colors.ts';

afterEach(() => cdp().send('Emulation.setEmulatedMedia', { features: [] }));

const channels = (color: string): number[] =>
  color.startsWith('#')
    ? (color.match(/[\da-f]{2}/g) ?? []).map((part) => Number.parseInt(part, 16))
    : (color.match(/\d+/g) ?? []).map(Number);

/** Those that the browser draws more than a rounding away from what was computed. */
function differing(root: ParentNode, computed: Record<string, string>): string[] {
  const drawn = colorsOf(root);
  return Object.entries(computed)
    .filter(([token]) => !/^(sequential|categorical)/.test(token))
    .filter(([token, hex]) => {
      const [is, should] = [channels(drawn(token)), channels(hex)];
      return is.length !== 3 || is.some((value, at) => Math.abs(value - (should[at] ?? 0)) > 2);
    })
    .map(([token, hex]) => `${token}: ${drawn(token)}, computed ${hex}`);
}

const hosts = [
  {},
  { accent: '#17694a' },
  { accent: '#ffd400', surface: '#fffdf7', text: '#1d2a1b' },
  { accent: 'rebeccapurple', surface: '#1b1727', text: '#efeaf8' },
];
const cases = (['light', 'dark', 'contrast', 'contrast-dark'] as const).flatMap((theme) =>
  hosts.map((host) => ({ theme, host })),
);

test.each(cases)('what is computed for a page is what the browser draws: $theme $host', async ({ theme, host }) => {
  using place = await mount({ render: withData(healthy) });
  for (const [name, value] of Object.entries(host)) place.root.style.setProperty(`--sama-${name}`, value);
  place.root.style.setProperty('color-scheme', theme.endsWith('dark') ? 'dark' : 'light');
  const isContrast = theme.startsWith('contrast');
  if (isContrast) place.funnel.setAttribute('theme', 'contrast');
  await place.funnel.updateComplete;
  expect(differing(place.shadow, hostColors(host, theme))).toEqual([]);
  if (!isContrast) return;
  place.funnel.removeAttribute('theme');
  await place.funnel.updateComplete;
  await cdp().send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-contrast', value: 'more' }] });
  expect(differing(place.shadow, hostColors(host, theme))).toEqual([]);
});

test('type and corners are those of the page', async () => {
  using place = await mount({ render: withData(healthy) });
  place.root.style.setProperty('--sama-font', 'monospace');
  place.root.style.setProperty('--sama-radius', '20px');
  const frame = place.find('.sama');
  expect(getComputedStyle(frame).fontFamily).toBe('monospace');
  expect(getComputedStyle(frame).borderTopLeftRadius).toBe('20px');
  expect(getComputedStyle(place.find('.toggle')).borderTopLeftRadius).toBe('12px');
});

test('the contrast theme has strong lines, and neither paper nor the system sees it', async () => {
  using place = await mount({ render: withData(healthy) });
  place.funnel.setAttribute('theme', 'contrast');
  await place.funnel.updateComplete;
  const style = getComputedStyle(place.find('.sama'));
  expect(style.borderTopWidth).toBe('2px');
  expect(style.borderTopColor).toBe(style.color);
  await cdp().send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }] });
  expect(style.getPropertyValue('--_data-advanced')).toBe('CanvasText');
  expect(style.getPropertyValue('--_data-open')).toBe('Canvas');
});
