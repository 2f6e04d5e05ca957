import { readFileSync } from 'node:fs';
import { clampRgb, type Oklch, parse, rgb, wcagContrast } from 'culori';
import { describe, expect, test } from 'vitest';
import { colors } from './index.ts';

type Name = keyof (typeof colors)['light'];
const surfaces = ['surface', 'surface-sunken', 'surface-raised'] as const;
const statuses = ['ok', 'warn', 'bad', 'neutral'] as const;
const soft = { ok: 'ok-soft', warn: 'warn-soft', bad: 'bad-soft', neutral: 'neutral-soft' } as const;
const marks = { ok: 'ok-mark', warn: 'warn-mark', bad: 'bad-mark', neutral: 'neutral-mark' } as const;

const texts: [Name, Name][] = [
  ...[...surfaces, 'accent-soft' as const].flatMap((on): [Name, Name][] => [
    ['text', on],
    ['text-muted', on],
    ['accent-ink', on],
  ]),
  ['on-accent', 'accent-ink'],
  ['on-accent', 'accent-hover'],
  ...statuses.flatMap((name): [Name, Name][] => [
    [name, 'surface'],
    [name, 'surface-sunken'],
    [name, soft[name]],
    [name, 'accent-soft'],
    ['text', soft[name]],
    ['text-muted', soft[name]],
  ]),
  ['text', 'data-flow'],
  ['text-muted', 'data-flow'],
  ['text', 'data-open'],
  ['text', 'data-recycled'],
  ['text', 'data-lost'],
];

const shapes: [Name, Name][] = [
  ...statuses.flatMap((name): [Name, Name][] => [
    [marks[name], 'surface'],
    [marks[name], soft[name]],
    [marks[name], 'accent-soft'],
  ]),
  ...(
    ['data-advanced', 'data-open-line', 'data-recycled-line', 'data-lost-line', 'border-strong', 'focus'] as const
  ).flatMap((name): [Name, Name][] => [
    [name, 'surface'],
    [name, 'surface-sunken'],
    [name, 'accent-soft'],
  ]),
  ['data-recycled-line', 'data-recycled'],
  ['data-advanced', 'data-open'],
  ...([1, 2, 3, 4, 5, 6] as const).map((n): [Name, Name] => [`categorical-${n}`, 'surface']),
];

describe.each(['light', 'dark', 'contrast'] as const)('%s', (theme) => {
  const need = theme === 'contrast' ? 7 : 4.5;
  test.each(texts)(`text %s on %s is readable`, (text, on) => {
    expect(wcagContrast(colors[theme][text], colors[theme][on])).toBeGreaterThanOrEqual(need);
  });
  test.each(shapes)('mark %s on %s is visible', (mark, on) => {
    expect(wcagContrast(colors[theme][mark], colors[theme][on])).toBeGreaterThanOrEqual(3);
  });
  test('the steps of the ramp grow away from the surface', () => {
    const ratios = ([1, 2, 3, 4, 5, 6, 7] as const).map((n) =>
      wcagContrast(colors[theme][`sequential-${n}`], colors[theme].surface),
    );
    expect(ratios).toEqual(ratios.toSorted((a, b) => a - b));
  });
});

// A page's accent brings any hue; browsers clip what a screen cannot show.
describe('adopted from any accent', () => {
  const css = readFileSync(new URL('../dist/sama.css', import.meta.url), 'utf8');
  const rule =
    /--sama-([\w-]+): light-dark\(oklch\(from .+? ([\d.]+) min\(c,([\d.]+)\) h\),oklch\(from .+? ([\d.]+) min\(c,([\d.]+)\) h\)\);/g;
  const standard = css.slice(css.indexOf('@supports'), css.indexOf('@media'));
  const adopted = new Map([...standard.matchAll(rule)].map(([, name = '', ...lc]) => [name, lc.map(Number)]));
  const pairs = [
    ['accent-ink', 4.5],
    ['data-advanced', 3],
    ['data-open-line', 3],
    ['focus', 3],
  ] as const;
  test.each(pairs)('%s keeps %f on the surface', (name, need) => {
    const [lightL = 0, lightC = 0, darkL = 0, darkC = 0] = adopted.get(name) ?? [];
    const ratios = Array.from({ length: 360 }, (_, h) =>
      [
        { colour: { mode: 'oklch', l: lightL, c: lightC, h } satisfies Oklch, on: colors.light.surface },
        { colour: { mode: 'oklch', l: darkL, c: darkC, h } satisfies Oklch, on: colors.dark.surface },
      ].map(({ colour, on }) => wcagContrast(clampRgb(rgb(colour)), on)),
    );
    expect(Math.min(...ratios.flat())).toBeGreaterThanOrEqual(need);
  });
});

test('every literal is a colour', () => {
  for (const theme of Object.values(colors)) {
    for (const value of Object.values(theme)) expect(parse(value)).toBeDefined();
  }
});
