import type { DataSource, Envelope, Question } from '@sama/metrics/contracts';
import { html } from 'lit';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { healthy, maturing, nothingMatches, small } from '../testing/funnel-samples.ts';
import { mount, settled } from '../testing/mount.ts';
import './define.ts';

afterEach(() => void vi.useRealTimers());

describe('asking', () => {
  /** A source whose answers the test gives, one by one. */
  function handed() {
    const asked: {
      question: Question;
      signal: AbortSignal | undefined;
      give: (envelope: Envelope) => void;
      fail: (error: Error) => void;
    }[] = [];
    let changed: () => void = () => undefined;
    const source: DataSource = {
      query: (question, options) =>
        new Promise((resolve, reject) =>
          asked.push({ question, signal: options?.signal, give: resolve, fail: reject }),
        ),
      command: async () => ({ status: 'refused' }),
      subscribe: (_topic, call) => {
        changed = call;
        return () => undefined;
      },
    };
    return { asked, source, change: () => changed() };
  }
  const failure: Envelope = { v: 1, status: 'error', flags: [], code: 'timeout', message: 'late', warnings: [] };

  test('attributes make the question, and a change asks again', async () => {
    const { asked, source } = handed();
    using place = await mount({
      render: () =>
        html`<sama-funnel
          .source=${source}
          funnel="lead-to-won@1.0.0"
          period="2026-Q1"
          compare="segment:emea"
          segment="enterprise"
          view="cohort"
          anchor="mql"
          measure="value"
          currency="EUR"
          time-zone="Europe/Berlin"
        ></sama-funnel>`,
    });
    expect(asked[0]?.question).toEqual({
      kind: 'funnel',
      funnel: 'lead-to-won@1.0.0',
      period: '2026-Q1',
      compare: { segment: 'emea' },
      segment: 'enterprise',
      view: 'cohort',
      anchor: 'mql',
      measure: 'value',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
    });
    place.funnel.setAttribute('compare', '2025-Q1');
    place.funnel.setAttribute('theme', 'dark');
    await settled(place.funnel);
    expect(asked).toHaveLength(2);
    expect(asked[1]?.question).toMatchObject({ compare: { period: '2025-Q1' } });
    expect(asked[0]?.signal?.aborted).toBe(true);
  });

  test('an older answer that comes late is not shown', async () => {
    const { asked, source } = handed();
    using place = await mount({ render: () => html`<sama-funnel .source=${source} period="2026-Q1"></sama-funnel>` });
    place.funnel.period = '2026-Q2';
    await settled(place.funnel);
    asked[1]?.give(small);
    asked[0]?.give(healthy);
    await settled(place.funnel);
    expect(place.text()).toContain('0 of 19');
  });

  test('while it waits it says so, and after ten seconds why', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { asked, source } = handed();
    using place = await mount({ render: () => html`<sama-funnel .source=${source} period="2026-Q1"></sama-funnel>` });
    expect(place.find('figure').getAttribute('aria-busy')).toBe('true');
    expect(place.text()).toContain('Asking for the numbers');
    const height = place.funnel.offsetHeight;
    vi.advanceTimersByTime(0);
    await settled(place.funnel);
    expect(place.text()).toContain('Asking for Q1 2026');
    vi.advanceTimersByTime(10_000);
    await settled(place.funnel);
    expect(place.text()).toContain('has not answered yet');
    expect(place.funnel.offsetHeight).toBe(height);
    asked[0]?.give(healthy);
    await settled(place.funnel);
    expect(place.find('figure').getAttribute('aria-busy')).toBe('false');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('what is still computed is asked for again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { asked, source } = handed();
    using place = await mount({ render: () => html`<sama-funnel .source=${source}></sama-funnel>` });
    asked[0]?.give({ v: 1, status: 'pending', flags: [], warnings: [] });
    await settled(place.funnel);
    expect(place.text()).toContain('still being computed');
    vi.advanceTimersByTime(5000);
    asked[1]?.give(healthy);
    await settled(place.funnel);
    expect(place.text()).toContain('391 of 18,400');
  });

  test('an error keeps the last good values with their time, and Try again helps', async () => {
    const { asked, source } = handed();
    using place = await mount({ render: () => html`<sama-funnel .source=${source}></sama-funnel>` });
    asked[0]?.give(healthy);
    await settled(place.funnel);
    const reloading = place.funnel.reload();
    asked[1]?.give(failure);
    await reloading;
    expect(place.find('.banner.bad').textContent).toContain(
      'did not answer in time. These are the numbers of Jun 16, 2026, 06:00.',
    );
    expect(place.text()).toContain('391 of 18,400');
    place.find('.banner button').click();
    asked[2]?.give(maturing);
    await settled(place.funnel);
    expect(place.all('.banner')).toHaveLength(0);
    expect(place.text()).toContain('so far');
  });

  test('a source that throws is an error, not an exception of the page', async () => {
    const { asked, source } = handed();
    using place = await mount({ render: () => html`<sama-funnel .source=${source}></sama-funnel>` });
    asked[0]?.fail(new Error('out of memory'));
    await settled(place.funnel);
    expect(place.find('.banner').textContent).toContain('out of memory');
  });

  test.each([undefined, null, 'soon', { status: 'ok' }])(
    'what answers with %j in place of an envelope is told, and what was shown stays',
    async (nothing) => {
      const { asked, source } = handed();
      const lost: unknown[] = [];
      const onLost = (event: PromiseRejectionEvent) => void lost.push(event.reason);
      addEventListener('unhandledrejection', onLost);
      using place = await mount({ render: () => html`<sama-funnel .source=${source}></sama-funnel>` });
      asked[0]?.give(healthy);
      await settled(place.funnel);
      void place.funnel.reload();
      Reflect.apply(asked[1]?.give ?? String, undefined, [nothing]);
      await settled(place.funnel);
      expect(place.find('.banner.bad').textContent).toContain('The answer is not readable');
      expect(place.find('figure').getAttribute('aria-busy')).toBe('false');
      expect(place.text()).toContain('391 of 18,400');
      removeEventListener('unhandledrejection', onLost);
      expect(lost).toEqual([]);
    },
  );

  test('an answer of another kind is told, not awaited for ever', async () => {
    const { asked, source } = handed();
    using place = await mount({ render: () => html`<sama-funnel .source=${source}></sama-funnel>` });
    asked[0]?.give({ v: 1, status: 'ok', flags: [], warnings: [], data: { kind: 'kpi', timeZone: 'UTC', kpis: [] } });
    await settled(place.funnel);
    expect(place.find('.banner.bad').textContent).toContain('expected funnel');
  });

  test('a denial takes the numbers away', async () => {
    const { asked, source } = handed();
    using place = await mount({ render: () => html`<sama-funnel .source=${source}></sama-funnel>` });
    asked[0]?.give(healthy);
    await settled(place.funnel);
    const reloading = place.funnel.reload();
    asked[1]?.give({ v: 1, status: 'denied', flags: [], code: 'forbidden', message: 'scope', warnings: [] });
    await reloading;
    expect(place.text()).not.toContain('391');
    expect(place.text()).toContain('You may not see these numbers');
  });

  test('new data is fetched in silence', async () => {
    const { asked, source, change } = handed();
    using place = await mount({ render: () => html`<sama-funnel .source=${source}></sama-funnel>` });
    asked[0]?.give(healthy);
    await settled(place.funnel);
    change();
    await settled(place.funnel);
    expect(place.text()).toContain('391 of 18,400');
    expect(place.text()).toContain('Updating');
    asked[1]?.give(small);
    await settled(place.funnel);
    expect(place.text()).toContain('0 of 19');
  });

  test('nothing matches: the segment is cleared with one button', async () => {
    const { asked, source } = handed();
    using place = await mount({
      render: () => html`<sama-funnel .source=${source} segment="enterprise"></sama-funnel>`,
    });
    asked[0]?.give(nothingMatches);
    await settled(place.funnel);
    expect(place.text()).toContain('Nothing matches Enterprise');
    place.find('.button').click();
    await settled(place.funnel);
    expect(asked[1]?.question).not.toHaveProperty('segment');
  });

  test('a picker changes the attribute and asks', async () => {
    const { asked, source } = handed();
    using place = await mount({ render: () => html`<sama-funnel .source=${source} period="2026-Q1"></sama-funnel>` });
    asked[0]?.give(maturing);
    await settled(place.funnel);
    const period = place.find('select[aria-label="Period"]');
    expect([...period.children].map((option) => option.textContent)).toContain('Q4 2025');
    await userEvent.selectOptions(period, '2025-Q4');
    await settled(place.funnel);
    expect(place.funnel.period).toBe('2025-Q4');
    expect(asked[1]?.question).toMatchObject({ period: '2025-Q4' });
  });
});
