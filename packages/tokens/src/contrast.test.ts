import { formatHex, parse } from 'culori';
import { describe, expect, test } from 'vitest';
import { contrastsOf, hostColors } from './host.ts';
import { colors, type Theme } from './index.ts';

const THEMES = ['light', 'dark', 'contrast', 'contrast-dark'] as const;
const failing = (host: Parameters<typeof hostColors>[0], theme: Theme): string[] =>
  contrastsOf(hostColors(host, theme), theme)
    .filter(({ passes }) => !passes)
    .map(({ color, on, ratio }) => `${color} on ${on}: ${ratio.toFixed(2)}`);

describe.each(THEMES)('%s', (theme) => {
  test.each(contrastsOf(colors[theme], theme))('$kind $color on $on has $need', ({ ratio, need }) => {
    expect(ratio).toBeGreaterThanOrEqual(need);
  });

  test('every colour that is drawn is held against another', () => {
    const held = new Set(contrastsOf(colors[theme], theme).flatMap(({ color, on }) => [color, on]));
    // A hairline, the ground of a bar and a step of a ramp say nothing by themselves.
    const silent = /^(border|data-track|sequential-\d)$/;
    expect(Object.keys(colors[theme]).filter((name) => !silent.test(name) && !new Set<string>(held).has(name))).toEqual(
      [],
    );
  });

  test('the steps of the ramp grow away from the surface', () => {
    const steps = ([1, 2, 3, 4, 5, 6, 7] as const).map((n) => colors[theme][`sequential-${n}`]);
    const lightness = steps.map((hex) => parse(hex)).map((rgb) => (rgb?.mode === 'rgb' ? rgb.r + rgb.g + rgb.b : 0));
    const up = lightness.toSorted((a, b) => a - b);
    expect(lightness).toEqual(theme.endsWith('dark') ? up : up.toReversed());
  });

  test('an accent of any hue and any chroma leaves every pair readable', () => {
    const bad = [0.02, 0.1, 0.37].flatMap((c) =>
      Array.from({ length: 72 }, (_, n) => `oklch(0.6 ${c} ${n * 5})`).flatMap((accent) => failing({ accent }, theme)),
    );
    expect(bad).toEqual([]);
  });
});

test.each([
  ['light', { surface: '#fffdf7', text: '#1d2a1b' }],
  ['light', { surface: '#f7f7f7', text: '#000' }],
  ['dark', { surface: '#1b1727', text: '#efeaf8' }],
  ['dark', { surface: '#000', text: '#fff' }],
] as const)('%s with the surface and text of a page', (theme, host) => {
  expect(failing(host, theme)).toEqual([]);
});

test('a page whose text is faint on its surface is told which pairs suffer', () => {
  expect(failing({ surface: '#fff', text: '#777' }, 'light').join()).toContain('text-muted on surface: 2.');
});

test('in high contrast a page keeps its accent and nothing else', () => {
  const host = { surface: '#888', text: '#999', accent: '#8a2be2' };
  expect(hostColors(host, 'contrast')).toEqual(hostColors({ accent: host.accent }, 'contrast'));
});

test('without a mapping an element has the colours of the theme', () => {
  for (const theme of THEMES) {
    const differing = Object.entries(hostColors({}, theme)).filter(([name, hex]) => {
      const [a, b] = [hex, Object.entries(colors[theme]).find(([key]) => key === name)?.[1] ?? ''].map((color) =>
        parse(formatHex(color) ?? ''),
      );
      // The literal keeps the hue where the screen clips; a mix is written with four places.
      const distance = a?.mode === 'rgb' && b?.mode === 'rgb' ? Math.hypot(a.r - b.r, a.g - b.g, a.b - b.b) : 1;
      return distance > 0.08;
    });
    expect(differing).toEqual([]);
  }
});
