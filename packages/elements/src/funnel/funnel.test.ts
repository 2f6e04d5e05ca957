import { html } from 'lit';
import { describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { gap, healthy, hostile, maturing, small } from '../testing/funnel-samples.ts';
import { mount, settled } from '../testing/mount.ts';
import { sourceOf, withData } from '../testing/story.ts';
import './define.ts';
import { SamaFunnel } from './funnel.ts';

const focused = (shadow: ShadowRoot): string => shadow.activeElement?.getAttribute('data-mark') ?? '';
const labelled = (shadow: ShadowRoot): string => shadow.activeElement?.getAttribute('aria-label') ?? '';

describe('keyboard', () => {
  test('the chart is one tab stop, and arrows walk its marks', async () => {
    using place = await mount({ render: withData(healthy) });
    expect(place.all('[data-mark][tabindex="0"]')).toHaveLength(1);
    place.find('[data-mark="0:0"]').focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    expect(focused(place.shadow)).toBe('2:0');
    await userEvent.keyboard('{ArrowRight}');
    expect(labelled(place.shadow)).toBe('MQL to SAL, 5,104 of 7,312, 69.8 percent, 95 percent interval 68.7 to 70.8');
    await userEvent.keyboard('{End}');
    expect(focused(place.shadow)).toBe('5:1');
    await userEvent.keyboard('{ArrowDown}{Home}');
    // The first stage has no rate to stand on.
    expect(focused(place.shadow)).toBe('0:0');
    expect(place.all('[data-mark][tabindex="0"]')).toHaveLength(1);
  });

  test('the arrows follow the reading direction', async () => {
    using place = await mount({
      render: () => html`<div dir="rtl"><sama-funnel .data=${healthy}></sama-funnel></div>`,
    });
    place.find('[data-mark="1:0"]').focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(focused(place.shadow)).toBe('1:0');
    await userEvent.keyboard('{ArrowLeft}');
    expect(focused(place.shadow)).toBe('1:1');
  });

  test('T shows the table and comes back to the same mark', async () => {
    using place = await mount({ render: withData(healthy) });
    place.find('[data-mark="0:0"]').focus();
    await userEvent.keyboard('{ArrowDown}t');
    await vi.waitFor(() => expect(place.shadow.activeElement).toBe(place.find('.scroll')));
    expect(place.all('tbody tr')).toHaveLength(6);
    await userEvent.keyboard('t');
    expect(focused(place.shadow)).toBe('1:0');
  });

  test('Enter selects a stage and drills into a rate; both can be taken over', async () => {
    using place = await mount({ render: withData(healthy) });
    const heard: unknown[] = [];
    document.body.addEventListener('sama-stage-select', (event) => heard.push(event.detail, event.cancelable), {
      once: true,
    });
    document.body.addEventListener('sama-drill', (event) => heard.push(event.detail, event.cancelable), { once: true });
    place.find('[data-mark="1:0"]').focus();
    await userEvent.keyboard('{Enter}{ArrowRight}{Enter}');
    expect(place.all('[aria-current="true"]')).toEqual([place.find('[data-mark="1:0"]')]);
    expect(heard).toEqual([
      { stage: 'mql', label: 'MQL', count: 7312, view: 'cohort' },
      true,
      { kind: 'rate', from: 'lead', to: 'mql' },
      true,
    ]);
  });

  test('the menu closes with Escape and gives the focus back', async () => {
    using place = await mount({ render: withData(healthy) });
    place.find('.menu summary').focus();
    await userEvent.keyboard('{Enter}{Tab}');
    expect(place.shadow.activeElement?.textContent).toBe('Copy as CSV');
    await userEvent.keyboard('{Escape}');
    expect(place.find('.menu').hasAttribute('open')).toBe(false);
    expect(place.shadow.activeElement).toBe(place.find('.menu summary'));
  });

  test('the arrows walk the menu, and a choice gives the focus back and is told', async () => {
    using place = await mount({ render: withData(healthy) });
    const summary = place.find('.menu summary');
    summary.focus();
    await userEvent.keyboard('{Enter}{ArrowDown}{ArrowDown}');
    expect(place.shadow.activeElement?.textContent).toBe('Download SVG');
    await userEvent.keyboard('{ArrowUp}{ArrowUp}');
    expect(place.shadow.activeElement).toBe(summary);
    await userEvent.keyboard('{ArrowUp}');
    expect(place.shadow.activeElement?.textContent).toBe('Print');
    await userEvent.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}{Enter}');
    expect(place.shadow.activeElement).toBe(summary);
    expect(place.find('.menu').hasAttribute('open')).toBe(false);
    await expect.poll(() => place.find('[role="status"]').textContent).toMatch(/Copied|Saved as a file/);
    expect(place.find('.foot').textContent).toMatch(/Copied|Saved as a file/);
  });

  test('every target is at least 24 pixels high and wide', async () => {
    using place = await mount({
      render: () =>
        html`<sama-funnel density="compact" .source=${sourceOf(maturing)} compare="previous"></sama-funnel>`,
    });
    const sizes = place
      .all('button:not(.items button, [hidden]), summary, select')
      .map((target) => target.getBoundingClientRect());
    expect(sizes.length).toBeGreaterThan(10);
    for (const { width, height } of sizes) expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
  });
});

describe('the table', () => {
  test('is sorted by its heads: up, down, as the chart', async () => {
    using place = await mount({ render: withData(healthy) });
    place.find('.toggle').click();
    await vi.waitFor(() => place.find('.scroll'));
    const stages = () => place.all('tbody th').map((cell) => cell.textContent);
    const head = place.find('thead th:nth-child(3)');
    const press = async () => {
      head.querySelector('button')?.click();
      await settled(place.funnel);
    };
    await press();
    expect(stages()).toEqual(['Won', 'Opportunity', 'SQL', 'SAL', 'MQL', 'Lead']);
    expect(head.getAttribute('aria-sort')).toBe('ascending');
    await press();
    expect(stages()[0]).toBe('Lead');
    expect(head.getAttribute('aria-sort')).toBe('descending');
    await press();
    expect(head.getAttribute('aria-sort')).toBe('none');
  });
});

describe('small numbers', () => {
  test('below ten there are only counts, in what is shown, spoken, exported and drawn', async () => {
    using place = await mount({ render: withData(small) });
    const rates = place.all('.row:has(.of-rate:not([hidden])) .rate').map((rate) => rate.textContent?.trim());
    expect(rates).toEqual(['42%23–64', '5 of 8', '3 of 5', '1 of 3', '0 of 1']);
    expect(place.find('[data-mark="2:0"]').getAttribute('aria-label')).toBe('SAL, 5 of 8, 3 advanced, 2 open');
    expect(place.find('#summary').textContent).not.toMatch(/62|60 percent|33|33\.3/);
    expect(await place.funnel.toCSV()).toContain('5 of 8');
    expect(await place.funnel.toCSV()).not.toContain('0.625');
    expect(await place.funnel.toSVG()).not.toContain('62.5');
  });
});

describe('what is shown', () => {
  test('no rate runs across a stage the source does not record', async () => {
    using place = await mount({ render: withData(gap) });
    const text = place.all('.row')[2]?.textContent ?? '';
    expect(text).toContain('Stage not in the source');
    expect(place.all('[data-mark="2:1"], [data-mark="3:1"]')).toHaveLength(0);
    expect(place.all('[data-mark="4:1"]')).toHaveLength(1);
  });

  test('text stays text, and a file runs nothing', async () => {
    using place = await mount({ render: withData(hostile) });
    expect(place.all('img, script')).toHaveLength(0);
    expect(Reflect.get(window, 'pwned')).toBeUndefined();
    expect(place.text()).toContain('<img src=x onerror="window.pwned=1">');
    expect(place.text()).not.toMatch(/[\u202a-\u202e]/);
    expect(await place.funnel.toCSV()).toMatch(/\r\n"'=HYPERLINK/);
    const drawn = new DOMParser().parseFromString(await place.funnel.toSVG(), 'image/svg+xml');
    expect(drawn.querySelector('parsererror, script, img, [onerror]')).toBeNull();
    expect(drawn.documentElement.textContent).toContain('<img src=x');
  });

  test('a link leads to the web only', async () => {
    for (const href of ['javascript:alert(1)', 'data:text/html,x', 'https://example.com/terms']) {
      using place = await mount({
        render: () => html`<sama-funnel .data=${healthy} definition-href=${href}></sama-funnel>`,
      });
      expect(place.all('a').map((link) => link.getAttribute('href'))).toEqual(href.startsWith('https') ? [href] : []);
    }
  });

  test('the class carries its version and serves its own tag', () => {
    expect(SamaFunnel.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(document.createElement('sama-funnel')).toBeInstanceOf(SamaFunnel);
  });
});
