import type { FunnelEnvelope } from '@sama/metrics/contracts';
import { html } from 'lit';
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { healthy, maturing, noted } from '../testing/funnel-samples.ts';
import { violationsIn } from '../testing/a11y.ts';
import { type Place, place } from '../testing/mount.ts';
import type { Story } from '../testing/story.ts';
import type { Mark } from './marks.ts';
import { groupsOf } from './notes.ts';
import { shapesOf } from './skin.ts';
import '../locale/de/define.ts';
import './define.ts';
import { SamaFunnel } from './funnel.ts';

/** Waits until it holds, on a busy machine too. */
const soon = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 30_000 });

const named = (shown: Place, selector = '.mark'): (string | null)[] =>
  shown.all(selector).map((one) => one.getAttribute('aria-label'));

async function withNotes(data: FunnelEnvelope, width = 960, locale = 'en'): Promise<Place<SamaFunnel>> {
  const shown = await place(
    SamaFunnel,
    { render: () => html`<sama-funnel locale=${locale} .data=${data}></sama-funnel>` },
    { width },
  );
  await soon(() => expect(shown.all('.lane').length).toBe(1));
  return shown;
}

test('what is noted of the time stands on a line below the rows, in order, as words', async () => {
  const hostile = '<img src=x onerror="window.pwned=1"> \u202Eevil';
  using shown = await withNotes({
    ...noted,
    annotation: [
      { at: '2026-03-24', kind: 'constructor', text: hostile },
      { at: '2025-11-01', kind: 'event', text: 'Long before' },
      { at: 'soon', kind: 'event', text: 'Never' },
      { at: '2026-01-20T08:00:00Z', kind: 'definition-break', text: 'MQL now needs a role' },
      { at: '2026-01-05', kind: 'campaign', text: 'Spring fair!' },
    ],
  });
  expect(named(shown)).toEqual([
    'Jan 5, 2026, Campaign: Spring fair!',
    'Jan 20, 2026, Definition changed: MQL now needs a role. Before and after it, the numbers do not mean the same.',
    'Mar 24, 2026, constructor: <img src=x onerror="window.pwned=1"> evil.',
  ]);
  expect(shown.all('.lane img')).toHaveLength(0);
  expect(shown.all('.mark.break .cut')).toHaveLength(1);
  // Each where its day lies between the two ends.
  const at = shown.all('.mark').map((one) => one.getBoundingClientRect().x);
  const { x, width } = shown.find('.track').getBoundingClientRect();
  const places = at.map((one) => Math.round(((one - x) / (width - 24)) * 90));
  expect(places).toEqual([4, 19, 82]);
  expect(await violationsIn(shown.root)).toEqual([]);
});

test.each(['ltr', 'rtl'])(
  '%s: the line is one tab stop, walked by arrows, and tells what is focused until Escape',
  async (dir) => {
    const data = { ...noted };
    const page = document.createElement('div');
    page.dir = dir;
    const funnel = document.createElement('sama-funnel');
    Reflect.set(funnel, 'data', data);
    page.append(funnel);
    using shown = await place(SamaFunnel, page);
    await soon(() => expect(shown.all('.mark')).toHaveLength(5));
    expect(shown.all('.mark[tabindex="0"]')).toHaveLength(1);
    shown.find('.mark[tabindex="0"]').focus();
    const told = (): string => (shown.find('.told').textContent ?? '').replace(/\s+/g, ' ').trim();
    expect(told()).toBe('Jan 6, 2026 Holiday: Epiphany; half of sales away');
    const onward = dir === 'rtl' ? '{ArrowLeft}' : '{ArrowRight}';
    await userEvent.keyboard(onward + onward + onward);
    // Two days of March that lie too close stand as one.
    expect(told()).toMatch(/^Mar 2, 2026 Decision: .* Mar 3, 2026 Event: /);
    expect([shown.all('.told li').length, shown.shadow.activeElement?.textContent?.trim()]).toEqual([2, '2']);
    await userEvent.keyboard('{End}');
    expect(told()).toContain('A competitor lowered its prices');
    await userEvent.keyboard(onward);
    expect(told()).toContain('A competitor lowered its prices');
    await userEvent.keyboard('{Home}{Escape}');
    expect(shown.all('.told')).toHaveLength(0);
    await userEvent.keyboard('{Enter}');
    expect(told()).toContain('Epiphany');
    expect(await violationsIn(shown.root)).toEqual([]);
    shown.find('[data-mark="0:0"]').focus();
    expect(shown.all('.told')).toHaveLength(0);
  },
);

test.each([240, 360, 640, 960])(
  'at %i pixels nothing moves when the line comes, and its marks lie apart',
  async (width) => {
    using shown = await withNotes(noted, width);
    await soon(() => expect(shown.all('.mark').length).toBeGreaterThan(3));
    const boxes = shown.all('.mark').map((one) => one.getBoundingClientRect());
    for (const [i, { right }] of boxes.slice(0, -1).entries())
      expect(right).toBeLessThanOrEqual((boxes[i + 1]?.left ?? 0) + 0.5);
    const lowest = (): number => shown.find('.foot').getBoundingClientRect().top;
    const before = lowest();
    expect(shown.find('.lane').getBoundingClientRect().bottom).toBeLessThanOrEqual(before);
    shown.find('.lane').remove();
    expect(lowest()).toBeCloseTo(before, 1);
  },
);

test('the table and its file say it too; without notes all of it is gone', async () => {
  using shown = await withNotes(noted);
  shown.find('.toggle').click();
  await soon(() => expect(shown.all('table')).toHaveLength(2));
  expect(shown.all('.lane')).toHaveLength(0);
  const rows = [...(shown.all('table')[1]?.querySelectorAll('tbody tr') ?? [])].map((row) =>
    [...row.children].map((cell) => cell.textContent?.trim()),
  );
  expect(rows[2]).toEqual([
    'Feb 10, 2026',
    'Definition changed',
    'An MQL now needs a role and a company. Before and after it, the numbers do not mean the same.',
  ]);
  expect(await violationsIn(shown.root)).toEqual([]);
  const [numbers = '', notes = ''] = (await shown.element.toCSV()).split('\r\n\r\n');
  expect(numbers.split('\r\n')).toHaveLength(7);
  expect(notes.split('\r\n').slice(0, 2)).toEqual([
    'Day,Kind,What happened',
    '"Jan 6, 2026",Holiday,Epiphany; half of sales away',
  ]);
  shown.element.data = healthy;
  shown.find('.toggle').click();
  await soon(() => expect(shown.all('.chart')).toHaveLength(1));
  expect(shown.all('.lane, .noted')).toHaveLength(0);
  expect(await shown.element.toCSV()).not.toContain('\r\n\r\n');
});

test('words of another language are loaded for it', async () => {
  using shown = await withNotes(noted, 960, 'de');
  await soon(() => expect(named(shown)[2]).toMatch(/^10\.\s?Feb.* 2026, Definition geändert: /));
  expect(shown.find('.between span:nth-child(2)').textContent).toBe('Was in dieser Zeit geschah');
});

test.each([1, 7, 14, 28])('of %i places, marks that would touch stand as one, and none is lost', (slots) => {
  const marks = Array.from({ length: 50 }, (_, i): Mark => ({ at: '', kind: '', text: '', place: (i / 49) ** 3 }));
  const groups = groupsOf(marks, slots);
  expect(groups.flat()).toEqual(marks);
  const firsts = groups.map(([first]) => first?.place ?? 0);
  firsts.slice(1).forEach((one, i) => expect((one - (firsts[i] ?? 0)) * slots).toBeGreaterThanOrEqual(1));
  expect(groups.length).toBeGreaterThan(slots / 2);
  expect(groupsOf([], slots)).toEqual([]);
});

test('upper edges of trapezoids are as wide as bars are long, lower ones as the next; what is not recorded has none', () => {
  const bar = (size: number) => ({ size, segments: [], inflow: 0, outflow: 0 });
  const rows = [
    { bar: bar(1), missing: undefined },
    { bar: bar(0.4), missing: undefined },
    { bar: bar(0), missing: 'not recorded' },
    { bar: bar(0.1), missing: undefined },
  ];
  expect(shapesOf(rows)).toEqual(['M0 0H1000L700 100H300Z', 'M300 0H700L700 100H300Z', '', 'M450 0H550L550 100H450Z']);
  expect(shapesOf([])).toEqual([]);
});

test('a picture that stands alone says what is noted, and has the skin', async () => {
  const drawn = async (story: Story): Promise<SVGSVGElement> => {
    using one = await place(SamaFunnel, story);
    const { documentElement } = new DOMParser().parseFromString(await one.element.toSVG(), 'image/svg+xml');
    if (!(documentElement instanceof SVGSVGElement)) throw new Error('it is no picture');
    return documentElement;
  };
  const long = { at: '2026-03-30', kind: 'event', text: `${'Words of a note '.repeat(20)}<b>${'W'.repeat(300)}` };
  const [plain, told, shaped] = await Promise.all([
    drawn({ render: () => html`<sama-funnel .data=${healthy}></sama-funnel>` }),
    drawn({
      render: () =>
        html`<sama-funnel .data=${{ ...noted, annotation: [...(noted.annotation ?? []), long] }}></sama-funnel>`,
    }),
    drawn({ render: () => html`<sama-funnel skin="trapezoid" .data=${healthy}></sama-funnel>` }),
  ]);
  expect(plain.querySelector('path[transform]')).toBeNull();
  const lines = [...told.querySelectorAll('text')].map(({ textContent }) => textContent ?? '');
  expect(lines).toContain('What happened in this time');
  expect(lines.some((line) => line.startsWith('Jan 6, 2026 · Holiday: Epiphany'))).toBe(true);
  expect(lines.join(' ')).toContain('Words of a note <b>W');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(140);
  // No line stands below the picture, and each below the last.
  const heights = [plain, told].map(({ height }) => height.baseVal.value);
  const at = [...told.querySelectorAll('text')].slice(-8).map((one) => Number(one.getAttribute('y')));
  expect(at.every((y, i) => y > (at[i - 1] ?? 0) && y < (heights[1] ?? 0))).toBe(true);
  expect(heights[1]).toBeGreaterThan(heights[0] ?? 0);
  expect(shaped.querySelectorAll('path[transform]')).toHaveLength(6);
  expect(shaped.textContent).toContain('Decoration: only the upper edges are to scale');
  expect(shaped.querySelectorAll('rect')).toHaveLength(1);
});

test('the skin changes the shape of the rows and nothing else, and goes as it came', async () => {
  using bars = await place(SamaFunnel, { render: () => html`<sama-funnel .data=${healthy}></sama-funnel>` });
  // Bars, by name too, need nothing that is loaded later.
  using wanted = vi.spyOn(bars.element.later, 'do');
  bars.element.skin = 'bars';
  await bars.element.updateComplete;
  expect(wanted).not.toHaveBeenCalled();
  using shown = await place(SamaFunnel, {
    render: () => html`<sama-funnel skin="trapezoid" .data=${healthy}></sama-funnel>`,
  });
  await soon(() => expect(shown.all('.shape')).toHaveLength(6));
  const boxes = (one: Place): number[] =>
    one.all('.row').flatMap((row) => [row.getBoundingClientRect().height, row.getBoundingClientRect().width]);
  expect([named(shown, '.hit'), boxes(shown)]).toEqual([named(bars, '.hit'), boxes(bars)]);
  const edges = shown.all('.edge').map((edge) => edge.getBoundingClientRect().width);
  const counts = healthy.data?.stages.map(({ count }) => count) ?? [];
  edges.forEach((edge, i) => expect(edge / (edges[0] ?? 1)).toBeCloseTo((counts[i] ?? 0) / (counts[0] ?? 1), 1));
  expect(shown.find('.badge').textContent).toBe('Decoration: only the upper edges are to scale');
  expect(shown.all('.seg').filter((one) => one.checkVisibility({ visibilityProperty: true }))).toEqual([]);
  expect(await violationsIn(shown.root)).toEqual([]);
  // By keys as before, through the table and back.
  shown.find('[data-mark="0:0"]').focus();
  await userEvent.keyboard('{ArrowDown}t');
  await soon(() => expect(shown.all('.scroll')).toHaveLength(1));
  await userEvent.keyboard('t');
  await soon(() => expect(shown.all('.shape')).toHaveLength(6));
  expect(shown.shadow.activeElement?.getAttribute('data-mark')).toBe('1:0');
  shown.element.skin = 'bars';
  await soon(() => expect(shown.all('.shape, .badge, [data-skin]')).toHaveLength(0));
  shown.element.skin = 'trapezoid';
  await soon(() => expect(shown.all('.shape')).toHaveLength(6));
});

/** Where each text of the element stands that can be seen. */
function textsIn(shown: Place): { text: string; box: DOMRect }[] {
  const found: { text: string; box: DOMRect }[] = [];
  const walker = document.createTreeWalker(shown.find('.sama'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const { parentElement: parent, textContent: text } = node;
    if (!text?.trim() || !parent?.checkVisibility() || parent.closest('.vh, option, .menu:not([open]) .items'))
      continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    found.push(...Array.from(range.getClientRects(), (box) => ({ text, box })));
  }
  return found.filter(({ box }) => box.width > 1 && box.height > 1);
}

const WIDTHS = [240, 320, 360, 480, 640, 960, 1440, 1920, 2560];
test.each(WIDTHS.flatMap((width) => ['ltr', 'rtl'].map((dir): [number, string] => [width, dir])))(
  'at %i pixels, %s, no text lies over another and nothing runs out of the frame',
  async (width, dir) => {
    using shown = await place(
      SamaFunnel,
      {
        render: () =>
          html`<div dir=${dir}>
            <sama-funnel .data=${{ ...maturing, annotation: noted.annotation }}></sama-funnel>
          </div>`,
      },
      { width },
    );
    await soon(() => expect(shown.all('.mark').length).toBeGreaterThan(0));
    const frame = shown.find('.sama');
    expect(frame.scrollWidth).toBeLessThanOrEqual(frame.clientWidth);
    const edge = frame.getBoundingClientRect();
    const texts = textsIn(shown);
    expect(texts.length).toBeGreaterThan(30);
    const out = texts.filter(({ box }) => box.left < edge.left || box.right > edge.right);
    expect(out.map(({ text }) => text)).toEqual([]);
    // Lines of one paragraph touch; what shares more than a hair in both directions covers.
    const over = texts.flatMap((a, i) =>
      texts.slice(i + 1).flatMap((b) => {
        const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        return across > 1 && down > 6 ? [`${a.text} / ${b.text}`] : [];
      }),
    );
    expect(over).toEqual([]);
    // However wide the screen is, the eye finds from a bar to its rate.
    expect(shown.find('.chart').offsetWidth).toBeLessThanOrEqual(96 * 16 + 1);
  },
);
