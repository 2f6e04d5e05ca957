import { converter } from 'culori';
import { describe, expect, test } from 'vitest';
import { adjustAccent, hostColors } from './host.ts';

const hue = (hex: string): number => converter('oklch')(hex)?.h ?? -1;

describe('an accent of the page', () => {
  test('that cannot be read is adjusted in its hue and reported', () => {
    const yellow = adjustAccent('#ffd400');
    expect(yellow).toMatchObject({ given: '#ffd400', need: 4.5, readable: false });
    expect(yellow.before).toBeCloseTo(1.42, 1);
    expect(yellow.after).toBeGreaterThanOrEqual(4.5);
    expect(Math.abs(hue(yellow.mark) - hue('#ffd400'))).toBeLessThan(3);
    expect(yellow.says).toBe(
      `#ffd400 has 1.4 : 1 on #ffffff and text needs 4.5 : 1, so links are drawn in ${yellow.text} (${Math.floor(yellow.after * 10) / 10} : 1) and bars in ${yellow.mark}, in the same hue.`,
    );
  });

  test('that can be read is said to be so', () => {
    const green = adjustAccent('#17694a');
    expect(green.readable).toBe(true);
    expect(green.says).toContain('#17694a can be read on #ffffff (6.6 : 1)');
  });

  test('without a hue gives greys', () => {
    expect(adjustAccent('black').text).toMatch(/^#(..)\1\1$/);
  });

  test('on a surface that is neither light nor dark gets a remedy', () => {
    expect(adjustAccent('#146091', 'light', { surface: '#808080' }).says).toContain('choose a lighter surface');
  });

  test.each(['', 'var(--brand)', '#12', 'blurple'])('that is no colour is refused: %j', (accent) => {
    expect(() => adjustAccent(accent)).toThrow(/^accent: ".*" is no CSS colour/);
  });
});

test('what follows text and surface moves with them', () => {
  const { border, 'text-muted': muted } = hostColors({ surface: '#fbf7ee', text: '#40210f' }, 'light');
  expect(Math.abs(hue(muted) - hue('#40210f'))).toBeLessThan(15);
  expect(hue(border)).toBeGreaterThan(40);
  expect(hue(border)).toBeLessThan(95);
});

test('a colour of the mapping that is none is named', () => {
  expect(() => hostColors({ surface: 'papyrus' }, 'light')).toThrow('surface: "papyrus"');
});
