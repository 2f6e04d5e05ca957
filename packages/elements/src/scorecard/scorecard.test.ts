import { html } from 'lit';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { cdp, userEvent } from 'vitest/browser';
import type { DataSource, Question } from '@sama/metrics/contracts';
import { SamaKpi } from '../kpi/kpi.ts';
import * as samples from '../testing/kpi-samples.ts';
import * as states from '../testing/kpi-states.ts';
import { type Place, place, settled } from '../testing/mount.ts';
import { silent } from '../testing/story.ts';
import './define.ts';
import '../kpi/define.ts';
import { SamaScorecard } from './scorecard.ts';

const mount = (data: unknown, { width = 960 } = {}): Promise<Place<SamaScorecard>> =>
  place(SamaScorecard, { render: () => html`<sama-scorecard .data=${data}></sama-scorecard>` }, { width });
const names = (shown: Place): string[] => shown.all('.kpi .name b').map((one) => one.textContent ?? '');
const mark = ({ shadow }: Place): string => shadow.activeElement?.getAttribute('data-mark') ?? '';

afterEach(() => cdp().send('Emulation.setEmulatedMedia', { media: '', features: [] }));

describe('what stands where', () => {
  test('pairs stand together with what keeps them honest, promises side by side, the north star above', async () => {
    using shown = await mount(samples.healthy);
    expect(shown.all('.pair').map((one) => one.textContent)).toEqual([
      'Volume with quality',
      'Cost with win rate',
      'Speed with compliance',
    ]);
    expect(names(shown)).toEqual([
      'MQL volume',
      'Acceptance rate',
      'CAC',
      'Win rate',
      'First response',
      'SLA compliance',
    ]);
    expect(shown.find('.star').textContent).toContain('€6.68M');
    const boxes = shown.all('.promise').map((one) => one.getBoundingClientRect());
    expect(boxes).toHaveLength(2);
    expect(boxes[0]?.top).toBe(boxes[1]?.top);
    expect(boxes[0]?.height).toBe(boxes[1]?.height);
    const [one, other] = shown.all('.promise').map((promise) => {
      const { fontSize, color } = getComputedStyle(promise);
      return { fontSize, color, classes: promise.className.replace(/marketing|sales/, '') };
    });
    expect(one).toEqual(other);
  });

  test('the lines of tiles side by side stand on one height', async () => {
    using shown = await mount(samples.healthy);
    for (const part of ['.name', '.value', '.goal', '.moved', '.last']) {
      const tops = shown.all(`.pairs .kpi > ${part}`).map((one) => Math.round(one.getBoundingClientRect().top));
      expect(new Set(tops).size, part).toBe(2);
    }
  });

  test('the pace is drawn as it is answered', async () => {
    using shown = await mount(samples.healthy);
    const target = samples.healthy.data?.kpis[0]?.target;
    expect(Number.parseFloat(shown.shadow.querySelector('.done')?.getAttribute('width') ?? '')).toBeCloseTo(
      (target?.progress ?? 0) * 100,
      1,
    );
    expect(Number.parseFloat(shown.shadow.querySelector('.today')?.getAttribute('x') ?? '')).toBeCloseTo(
      (target?.expected ?? 0) * 100,
      1,
    );
  });

  test('at most eight KPIs a view, the rest behind its picker', async () => {
    using shown = await mount(states.sections);
    expect(shown.all('select option').map((one) => one.textContent)).toEqual(['overview', 'Deals']);
    shown.element.section = 'Deals';
    await settled(shown.element);
    expect(names(shown)).toEqual(['Sales cycle', 'Net revenue retention', 'Buying roles known']);
    using many = await mount(states.units);
    expect(many.all('.kpi')).toHaveLength(8);
  });

  test('kpis set the order, and go with the question', () => {
    const element = new SamaScorecard();
    element.setAttribute('kpis', ' cac, mqls\n cac ');
    element.setAttribute('compare', 'segment:emea');
    element.setAttribute('currency', 'EUR');
    expect(element.question).toEqual({
      kind: 'kpi',
      kpis: ['cac', 'mqls'],
      trend: 'auto',
      compare: { segment: 'emea' },
      currency: 'EUR',
    });
  });
});

describe('words', () => {
  test('the finding says the pace, what is at risk, and the clear turn for the worse', async () => {
    using shown = await mount(samples.healthy);
    expect(shown.find('.finding').textContent?.replace(/\s+/g, ' ')).toBe(
      'Pipeline created is 1% behind pace. At risk: Acceptance rate. Acceptance rate fell 4.6 pts, a clear change.',
    );
  });

  test('fewer than ten are counts: shown, spoken, in the table and in the file', async () => {
    using shown = await mount(states.small);
    const text = shown.text();
    expect(text).toContain('6 of 7');
    expect(text).not.toContain('86');
    expect(shown.find('[data-mark="0:0"]').getAttribute('aria-label')).toBe(
      'Won of those closed, 6 of 7, target 50%, Few records, Sales',
    );
    expect(await shown.element.toCSV()).toContain('6 of 7');
    expect(await shown.element.toCSV()).not.toMatch(/0\.857|86%/);
  });

  test('one day is a day, also where it is rounded to one', async () => {
    const units = structuredClone(states.units);
    const put = (unit: string, value: number): void => {
      for (const kpi of units.data?.kpis ?? []) if (kpi.unit === unit) Object.assign(kpi.value.result, { value });
    };
    put('days', 0.96);
    put('months', 1);
    put('count', 1);
    const cells = async (): Promise<(string | null)[]> => {
      using shown = await mount(units);
      shown.find('.toggle').click();
      await vi.waitFor(() => shown.find('.scroll'));
      return shown.all('td').map((one) => one.textContent);
    };
    expect(await cells()).toEqual(expect.arrayContaining(['1 day', '1 month']));
    put('days', 1.5);
    expect(await cells()).toContain('1.5 days');
  });

  test('what is not known is a dash with its reason', async () => {
    using shown = await mount(states.partial);
    expect(shown.text()).toContain('– An input is not known');
  });

  test('hostile text stays text, and a file runs nothing', async () => {
    using shown = await mount(states.hostile, { width: 320 });
    expect(shown.all('img, script')).toHaveLength(0);
    expect(Reflect.get(window, 'pwned')).toBeUndefined();
    expect(shown.text()).toContain('<img src=x onerror="window.pwned=1">');
    expect(shown.text()).not.toMatch(/[\u202a-\u202e]/);
    expect(await shown.element.toCSV()).toMatch(/\r\n"'=HYPERLINK/);
    const frame = shown.find('.sama');
    expect(frame.scrollWidth).toBeLessThanOrEqual(frame.clientWidth);
  });
});

describe('keyboard', () => {
  test('one tab stop; arrows walk tiles and their marks; Enter selects and drills', async () => {
    using shown = await mount(samples.healthy);
    shown.element.definitionHref = '/glossary#{id}';
    await settled(shown.element);
    expect(shown.all('[data-mark][tabindex="0"]')).toHaveLength(1);
    const heard: unknown[] = [];
    const hear = (event: CustomEvent): void => void heard.push(event.detail, event.cancelable);
    shown.root.addEventListener('sama-kpi-select', hear);
    shown.element.addEventListener('sama-drill', hear);
    shown.find('[data-mark="0:0"]').focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
    expect(mark(shown)).toBe('3:0');
    expect(shown.shadow.activeElement?.getAttribute('aria-label')).toBe(
      'MQL volume, 2,431 people, target 2,680, Ahead of pace, Marketing',
    );
    await userEvent.keyboard('{Enter}{ArrowRight}{Enter}');
    expect(heard).toEqual([
      { kpi: 'mqls', label: 'MQL volume', value: 2431 },
      true,
      { kind: 'trend', kpi: 'mqls', label: 'MQL volume' },
      true,
    ]);
    expect(shown.all('[aria-current="true"]')).toEqual([shown.find('[data-mark="3:0"]')]);
    await userEvent.keyboard('{ArrowRight}');
    expect(shown.shadow.activeElement?.getAttribute('href')).toBe('/glossary#mqls');
    await userEvent.keyboard('{End}{Home}');
    expect(mark(shown)).toBe('0:2');
    expect(shown.all('[data-mark][tabindex="0"]')).toHaveLength(1);
  });

  test('T shows the table, sorted by its heads, and comes back', async () => {
    using shown = await mount(samples.healthy);
    shown.find('[data-mark="0:0"]').focus();
    await userEvent.keyboard('t');
    await vi.waitFor(() => expect(shown.shadow.activeElement).toBe(shown.find('.scroll')));
    expect(shown.all('tbody tr')).toHaveLength(8);
    await userEvent.keyboard('t');
    expect(mark(shown)).toBe('0:0');
  });

  test('every target is at least 24 pixels high and wide', async () => {
    using shown = await mount(samples.healthy, { width: 360 });
    shown.element.definitionHref = '/glossary#{id}';
    await settled(shown.element);
    for (const target of shown.all('button:not(.items button), summary, a[data-mark]')) {
      const { width, height } = target.getBoundingClientRect();
      expect(Math.min(width, height), target.outerHTML).toBeGreaterThanOrEqual(24);
    }
  });
});

describe('room', () => {
  test.each([320, 360, 480, 700, 1400])('nothing overflows %i pixels', async (width) => {
    using shown = await mount(samples.healthy, { width });
    const frame = shown.find('.sama');
    expect(frame.scrollWidth).toBeLessThanOrEqual(frame.clientWidth);
    const edge = frame.getBoundingClientRect().right;
    for (const part of shown.all('.kpi span')) expect(part.getBoundingClientRect().right).toBeLessThanOrEqual(edge);
  });

  test.each([320, 700])('at %i pixels a tile that waits is as high as one that has come', async (width) => {
    let answer = (_: unknown): void => undefined;
    const one = samples.envelopeOf(samples.answerOf(samples.samples.filter(({ id }) => id === 'first-response')));
    const source: DataSource = {
      ...silent,
      query: () => new Promise((resolve) => (answer = () => resolve(one))),
    };
    using shown = await place(
      SamaKpi,
      { render: () => html`<sama-kpi kpi="first-response" .source=${source}></sama-kpi>` },
      { width },
    );
    expect(shown.text()).toContain('first response');
    const before = shown.element.offsetHeight;
    answer(undefined);
    await vi.waitFor(() => expect(shown.text()).toContain('42 min'));
    await settled(shown.element);
    expect(Math.abs(shown.element.offsetHeight - before)).toBeLessThanOrEqual(2);
  });

  test('it prints on one page', async () => {
    using shown = await mount(samples.healthy, { width: 360 });
    dispatchEvent(new Event('beforeprint'));
    await cdp().send('Emulation.setEmulatedMedia', { media: 'print', features: [] });
    shown.root.style.width = '680px';
    expect(shown.all('.narrow')).toEqual([]);
    // A4 and Letter between their margins, at 96 dots an inch.
    expect(shown.find('.sama').getBoundingClientRect().height).toBeLessThan(900);
    dispatchEvent(new Event('afterprint'));
  });

  test('the line of a trend runs as the page reads', async () => {
    using shown = await place(SamaScorecard, {
      render: () => html`<div dir="rtl" lang="ar"><sama-scorecard .data=${samples.healthy}></sama-scorecard></div>`,
    });
    const dot = Number(shown.all('.spark circle')[0]?.getAttribute('cx'));
    expect(dot).toBeLessThan(10);
  });
});

test('many tiles of one server are one request', async () => {
  const asked: string[] = [];
  const real = window.fetch;
  window.fetch = async (input, init) => {
    asked.push(`${init?.method ?? 'GET'} ${String(input)}`);
    const { questions = [] }: { questions?: unknown[] } = JSON.parse(typeof init?.body === 'string' ? init.body : '{}');
    return Response.json({ v: 1, answers: questions.map(() => ({ hash: 'x', envelope: samples.healthy })) });
  };
  try {
    using shown = await place(SamaKpi, {
      render: () =>
        html`${samples.samples.map(({ id }) => html`<sama-kpi src="https://kpis.example.com" kpi=${id}></sama-kpi>`)}`,
    });
    await expect.poll(() => shown.text()).toContain('€6.68M');
    const all = [...shown.root.querySelectorAll('sama-kpi')].map((one) => one.shadowRoot?.textContent ?? '');
    expect(all.filter((text) => text.includes('target') || text.includes('promise'))).toHaveLength(8);
    expect(asked.filter((one) => one.includes('/v1/query'))).toEqual(['POST https://kpis.example.com/v1/query']);
  } finally {
    window.fetch = real;
  }
});

test('an answer of another kind is an error with its reason, and told', async () => {
  const heard: unknown[] = [];
  document.body.addEventListener('sama-error', (event) => heard.push(event.detail), { once: true });
  const source: DataSource = {
    query: async (question: Question) => ({
      v: 1,
      status: 'error',
      code: 'unknown-definition',
      message: JSON.stringify(question),
      flags: [],
      warnings: [],
    }),
    command: async () => ({ status: 'refused' }),
    subscribe: () => () => undefined,
  };
  using shown = await place(SamaScorecard, {
    render: () => html`<sama-scorecard kpis="nothing" .source=${source}></sama-scorecard>`,
  });
  expect(shown.all('.banner.bad')).toHaveLength(1);
  expect(heard).toEqual([expect.objectContaining({ code: 'unknown-definition' })]);
  using other = await mount([{ stage: 'Lead', count: 3 }]);
  expect(other.find('.banner.bad').textContent).toContain('expected an object');
});
