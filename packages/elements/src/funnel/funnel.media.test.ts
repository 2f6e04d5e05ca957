import { afterEach, describe, expect, test, vi } from 'vitest';
import { cdp } from 'vitest/browser';
import { maturing } from '../testing/funnel-samples.ts';
import { mount, type Place, settled } from '../testing/mount.ts';
import { withData } from '../testing/story.ts';
import './define.ts';

/** Shows the page as on that medium, or to a reader with that wish. */
const emulate = (media: string, wishes: Record<string, string> = {}): Promise<unknown> =>
  cdp().send('Emulation.setEmulatedMedia', {
    media,
    features: Object.entries(wishes).map(([name, value]) => ({ name, value })),
  });

afterEach(() => emulate(''));

const shown = (place: Place, selector: string): number =>
  place.all(selector).filter((part) => part.textContent !== '' && part.checkVisibility()).length;
const LABELS = '.inside, .row .bar:has(.beside)';

describe('on paper', () => {
  test.each([960, 560, 360])('a screen of %i pixels leaves nothing out', async (width) => {
    using place = await mount({ render: withData(maturing) }, { width });
    const screen = shown(place, LABELS);
    dispatchEvent(new Event('beforeprint'));
    await emulate('print');
    place.root.style.width = '680px';
    expect(place.all('.narrow, .slim')).toEqual([]);
    expect([shown(place, '.row .all'), shown(place, '.row .time')]).toEqual([5, 6]);
    expect(shown(place, LABELS)).toBe(8);
    const edge = place.find('.sama').getBoundingClientRect().right;
    for (const part of place.all('.head > *, .row > :not(.hit), .beside'))
      expect(part.getBoundingClientRect().right).toBeLessThanOrEqual(edge + 0.5);
    await emulate('');
    place.root.style.width = `${width}px`;
    dispatchEvent(new Event('afterprint'));
    await settled(place.funnel);
    expect(shown(place, LABELS)).toBe(screen);
  });

  test('a table is not cut off', async () => {
    using place = await mount({ render: withData(maturing) }, { width: 640 });
    place.find('.toggle').click();
    await vi.waitFor(() => place.find('table'));
    await emulate('print');
    expect(place.find('table').getBoundingClientRect().right).toBeLessThanOrEqual(
      place.find('.sama').getBoundingClientRect().right,
    );
  });

  test('a dark element is ink on white', async () => {
    using place = await mount({ render: withData(maturing) });
    place.funnel.theme = 'dark';
    place.root.style.setProperty('--sama-text', 'white');
    await settled(place.funnel);
    await emulate('print');
    const { color, backgroundColor } = getComputedStyle(place.find('.sama'));
    expect(Number(/oklch\(([\d.]+) 0 0\)/.exec(color)?.[1])).toBeLessThan(0.3);
    expect(backgroundColor).toBe('rgb(255, 255, 255)');
  });
});

test('with forced colours owners still differ by their mark, and nothing keeps a colour of its own', async () => {
  using place = await mount({ render: withData(maturing) });
  await emulate('', { 'forced-colors': 'active' });
  const marks = place.all('.main').map((row) => getComputedStyle(row, '::before').backgroundImage);
  expect(new Set(marks).size).toBe(3);
  expect(marks).not.toContain('none');
  const colours = place.all('.icon, .action, .row b').map((part) => getComputedStyle(part).color);
  expect(new Set(colours).size).toBe(1);
});

test.each(['light', 'dark'] as const)('more contrast in %s has no muted text and boxes around notes', async (theme) => {
  using place = await mount({ render: withData(maturing) });
  place.funnel.theme = theme;
  await settled(place.funnel);
  await emulate('', { 'prefers-contrast': 'more' });
  const ink = getComputedStyle(place.find('.sama')).color;
  expect(getComputedStyle(place.find('.foot')).color).toBe(ink);
  expect(getComputedStyle(place.find('.note')).borderTopStyle).toBe('solid');
});

test('with text of 200 percent at 360 pixels no word is broken', async () => {
  using place = await mount({ render: withData(maturing) }, { width: 360 });
  place.root.style.fontSize = '32px';
  place.funnel.requestUpdate();
  await settled(place.funnel);
  const broken = place.all('.title, .name, .who small, .legend li, .rate b').flatMap((part) => {
    const text = [...part.childNodes].find((node) => node instanceof Text && node.data.trim() !== '');
    return [...(text?.textContent ?? '').matchAll(/[\p{L}\p{N}]+/gu)].filter((word) => {
      const range = document.createRange();
      range.setStart(text ?? part, word.index);
      range.setEnd(text ?? part, word.index + word[0].length);
      return range.getClientRects().length > 1;
    });
  });
  expect(broken.map(([word]) => word)).toEqual([]);
  const frame = place.find('.sama');
  expect(frame.scrollWidth).toBeLessThanOrEqual(frame.clientWidth);
});
