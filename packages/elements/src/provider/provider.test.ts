import type { DataSource, Question } from '@sama/metrics/contracts';
import { html } from 'lit';
import { describe, expect, test } from 'vitest';
import { SamaFilter } from '../filter/filter.ts';
import { SamaFunnel } from '../funnel/funnel.ts';
import '../filter/define.ts';
import '../funnel/define.ts';
import { healthy, maturing } from '../testing/funnel-samples.ts';
import { place, settled } from '../testing/mount.ts';
import { sourceOf } from '../testing/story.ts';
import './define.ts';
import { SamaProvider } from './provider.ts';

/** A source that keeps what it is asked. */
function listening(answer = healthy): DataSource & { asked: Question[] } {
  const asked: Question[] = [];
  return { ...sourceOf(answer), asked, query: async (question) => (asked.push(question), answer) };
}

/** Draws funnels in a provider. */
async function draw(render: () => unknown) {
  const placed = await place(SamaProvider, { render: () => html`${render()}` });
  const funnels = [...placed.root.querySelectorAll('sama-funnel')];
  const settle = async () => {
    for (const one of placed.root.querySelectorAll<SamaFunnel | SamaProvider | SamaFilter>(
      'sama-provider, sama-filter, sama-funnel',
    ))
      await settled(one);
  };
  await settle();
  return { ...placed, funnels, settle };
}

/** In which colours an element is drawn. */
function schemeOf(funnel: SamaFunnel | undefined): string {
  const frame = funnel?.shadowRoot?.querySelector('.sama') ?? document.body;
  return getComputedStyle(frame).colorScheme;
}

describe('what a provider gives', () => {
  test('one source and its settings; an attribute of the element wins', async () => {
    const source = listening();
    using page = await draw(
      () =>
        html`<sama-provider .source=${source} period="2026-Q1" segment="emea" currency="EUR" theme="dark" locale="de">
          <sama-funnel></sama-funnel
          ><sama-funnel period="2025" segment="" measure="value" theme="light" locale="en"></sama-funnel>
        </sama-provider>`,
    );
    expect(source.asked).toEqual([
      { kind: 'funnel', funnel: 'lead-to-won', period: '2026-Q1', segment: 'emea' },
      // Of counts no currency is asked.
      { kind: 'funnel', funnel: 'lead-to-won', period: '2025', measure: 'value', currency: 'EUR' },
    ]);
    expect(page.funnels.map((one) => [schemeOf(one), one.locale, one.period])).toEqual([
      ['dark', 'de', '2026-Q1'],
      ['light', 'en', '2025'],
    ]);
    expect(page.funnels[0]?.shadowRoot?.textContent).toContain('18.400');
  });

  test('a change asks anew, and what was only lent is given back outside', async () => {
    const source = listening();
    using page = await draw(
      () =>
        html`<sama-provider .source=${source} period="2026-Q1" theme="dark"
          ><sama-funnel></sama-funnel
        ></sama-provider>`,
    );
    const [funnel] = page.funnels;
    page.element.period = '2026-Q2';
    page.element.theme = 'light';
    await page.settle();
    expect(source.asked.at(-1)).toMatchObject({ period: '2026-Q2' });
    expect(schemeOf(funnel)).toBe('light');
    if (funnel !== undefined) page.root.append(funnel);
    await page.settle();
    expect([funnel?.period, schemeOf(funnel)]).toEqual([undefined, 'normal']);
    expect(funnel?.shadowRoot?.textContent).toContain('Nothing to show yet');
  });

  test('a source may come late, change and go', async () => {
    using page = await draw(() => html`<sama-provider><sama-funnel></sama-funnel></sama-provider>`);
    const text = () => page.funnels[0]?.shadowRoot?.textContent;
    expect(text()).toContain('Nothing to show yet');
    page.element.source = sourceOf(healthy);
    await page.settle();
    expect(text()).toContain('18,400');
    page.element.source = sourceOf(maturing);
    await page.settle();
    expect(text()).toContain('Still maturing');
    page.element.source = null;
    await page.settle();
    expect(text()).not.toContain('18,400');
  });

  test('a provider in another passes on what it does not say', async () => {
    const [outer, inner] = [listening(), listening()];
    using page = await draw(
      () =>
        html`<sama-provider .source=${outer} period="2026" segment="emea">
          <sama-provider period="2025"><sama-funnel></sama-funnel></sama-provider>
          <sama-provider .source=${inner}><sama-funnel></sama-funnel></sama-provider>
        </sama-provider>`,
    );
    expect(outer.asked).toEqual([{ kind: 'funnel', funnel: 'lead-to-won', period: '2025', segment: 'emea' }]);
    expect(inner.asked).toEqual([{ kind: 'funnel', funnel: 'lead-to-won', period: '2026', segment: 'emea' }]);
    page.element.segment = null;
    await page.settle();
    expect(inner.asked.at(-1)).toEqual({ kind: 'funnel', funnel: 'lead-to-won', period: '2026' });
  });

  test('a provider that is defined after the elements in it is heard', async () => {
    const source = listening();
    const late = `sama-provider-late${source.asked.length}`;
    const element = Object.assign(document.createElement(late), { source });
    element.setAttribute('period', '2026-Q1');
    element.append(document.createElement('sama-funnel'));
    using page = await place(SamaFunnel, element);
    expect(source.asked).toEqual([]);
    customElements.define(late, class extends SamaProvider {});
    await settled(page.element);
    expect(source.asked).toEqual([{ kind: 'funnel', funnel: 'lead-to-won', period: '2026-Q1' }]);
  });
});

describe('the filter', () => {
  const choose = (page: { root: HTMLElement }, label: string, value: string) => {
    const select = page.root
      .querySelector('sama-filter')
      ?.shadowRoot?.querySelector<HTMLSelectElement>(`select[aria-label="${label}"]`);
    if (!select) throw new Error(`no choice of ${label}`);
    select.value = value;
    select.dispatchEvent(new Event('change'));
  };

  test('offers the segments of the source, and sets what all elements ask', async () => {
    const source = listening();
    using page = await draw(
      () =>
        html`<sama-provider .source=${source}><sama-filter></sama-filter><sama-funnel></sama-funnel></sama-provider>`,
    );
    choose(page, 'Period', '2026-Q2');
    await page.settle();
    choose(page, 'Segment', 'enterprise');
    await page.settle();
    expect(source.asked.at(-1)).toEqual({
      kind: 'funnel',
      funnel: 'lead-to-won',
      period: '2026-Q2',
      segment: 'enterprise',
    });
    expect(page.root.querySelector('sama-filter')?.shadowRoot?.querySelector('.controls')?.textContent).toMatch(
      /Showing\s+Q2 2026[\s\S]*in\s+Enterprise/,
    );
    choose(page, 'Segment', '');
    await page.settle();
    expect(page.element.segment).toBe('');
    expect(source.asked.at(-1)).toEqual({ kind: 'funnel', funnel: 'lead-to-won', period: '2026-Q2' });
  });

  test('a page that cancels it keeps what was chosen before', async () => {
    using page = await draw(
      () => html`<sama-provider .source=${listening()} period="2026-Q1"><sama-filter></sama-filter></sama-provider>`,
    );
    page.root.addEventListener('sama-filter', (event) => event.preventDefault());
    choose(page, 'Period', '2026-Q2');
    await page.settle();
    expect(page.element.period).toBe('2026-Q1');
  });

  test('alone it offers what the page lists, and tells it', async () => {
    using page = await place(SamaFilter, {
      render: () => html`<sama-filter choices="segment compare"><option value="emea">EMEA</option></sama-filter>`,
    });
    const told: unknown[] = [];
    page.root.addEventListener('sama-filter', ({ detail }) => told.push(detail));
    choose(page, 'Segment', 'emea');
    choose(page, 'Comparison', 'previous');
    await settled(page.element);
    expect(told).toEqual([{ segment: 'emea' }, { compare: 'previous' }]);
    expect(page.find('.controls:not([role])').textContent?.replace(/\s+/g, ' ')).toMatch(
      /in EMEA.*against the period before/,
    );
    expect(page.all('select[aria-label="Period"]')).toEqual([]);
  });
});
