import { localSource } from '@sama/metrics/client';
import { OWNER_RIGHTS, type DataSource, type Rights } from '@sama/metrics/contracts';
import { DEFAULT_DEFINITIONS } from '@sama/metrics/definitions';
import { createMemoryEngine } from '@sama/metrics/engine';
import { html } from 'lit';
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { violationsIn } from '../testing/a11y.ts';
import { type Place, place, settled } from '../testing/mount.ts';
import './define.ts';
import { SamaFunnel } from './funnel.ts';

const day = (n: number): string => new Date(Date.UTC(2026, 0, 1 + n)).toISOString();

/** Sixty leads: every second becomes an MQL after two days, every fourth an SAL, every tenth of those stays open. */
const engine = createMemoryEngine({
  records: Array.from({ length: 60 }, (_, i) => ({
    entityType: 'person' as const,
    id: `lead-${i}`,
    ...(i % 3 === 0 ? {} : { owner: 'Dana' }),
    attributes: {},
    batch: 'b',
  })),
  events: Array.from({ length: 60 }, (_, i) => {
    const at = (stage: string, after: number) => ({
      entityType: 'person' as const,
      entityId: `lead-${i}`,
      stage,
      at: day((i % 10) + after),
      source: { system: 'crm', recordId: `${i}-${stage}` },
      batch: 'b',
    });
    return [at('lead', 0), ...(i % 2 === 0 ? [at('mql', 2)] : []), ...(i % 4 === 0 ? [at('sal', 3 + (i % 7))] : [])];
  }).flat(),
});

const sourceFor = (rights: Rights = OWNER_RIGHTS): DataSource =>
  localSource(engine, { definitions: DEFAULT_DEFINITIONS, rights, asOf: '2026-02-01T00:00:00Z', timeZone: 'UTC' });

async function opened(mark: string, source = sourceFor()): Promise<Place<SamaFunnel>> {
  const shown = await place(SamaFunnel, {
    render: () => html`<sama-funnel period="2026-01" .source=${source}></sama-funnel>`,
  });
  shown.find(`[data-mark="${mark}"]`).click();
  await vi.waitFor(() => expect(shown.all('.panel')).toHaveLength(1));
  await settled(shown.element);
  return shown;
}

const rowsOf = (shown: Place, caption: RegExp): string[][] =>
  shown
    .all('.panel table')
    .filter((table) => caption.test(table.querySelector('caption')?.textContent ?? ''))
    .flatMap((table) => [...table.querySelectorAll('tbody tr')])
    .map((row) => [...row.children].map((cell) => cell.textContent?.trim() ?? ''));

test('a stage opens what became of its people, what leaks, and who they are, page by page', async () => {
  using shown = await opened('1:0');
  await vi.waitFor(() => expect(shown.find('.panel').textContent).toContain('20 of 30'));
  const text = shown.find('.panel').textContent?.replace(/\s+/g, ' ');
  expect(text).toContain('What became of the 30 at MQL');
  expect(text).toContain('15 are still undecided at MQL.');
  expect(text).toContain('5 of them have no owner.');
  expect(rowsOf(shown, /What became/).find(([name]) => name === 'Still open')).toEqual(['Still open', '15', '50%']);
  shown.find('.panel .button').click();
  await vi.waitFor(() => expect(rowsOf(shown, /Records at MQL/)).toHaveLength(30));
  await userEvent.selectOptions(shown.find('.panel select'), 'open');
  await vi.waitFor(() => expect(rowsOf(shown, /Records at MQL/)).toHaveLength(15));
  expect(rowsOf(shown, /Records/).every(([, , outcome]) => outcome === 'Still open')).toBe(true);
  const head = shown.all('.panel .scroll .sort').find((button) => button.textContent === 'Record');
  head?.dispatchEvent(new MouseEvent('click'));
  await settled(shown.element);
  const ids = rowsOf(shown, /Records/).map(([id]) => id ?? '');
  expect(ids).toEqual(ids.toSorted((a, b) => a.localeCompare(b)));
});

test('a rate opens the curve behind it, with a table', async () => {
  using shown = await opened('2:1');
  await vi.waitFor(() => expect(shown.all('.panel svg.curve')).toHaveLength(1));
  expect(shown.find('.panel h3').textContent).toBe('From MQL to SAL');
  const rows = rowsOf(shown, /How long people stay at MQL/);
  expect(rows.length).toBeGreaterThan(2);
  // Half went on within six days, half stay and are followed until now.
  expect(rows.at(-1)?.[1]).toBe('50.0%');
  expect(await violationsIn(shown.root)).toEqual([]);
});

test('Escape and the cross close it and give the focus back, as does the same choice; the next is drawn in its place', async () => {
  using shown = await opened('1:0');
  shown.find('.panel .action').focus();
  await userEvent.keyboard('{Escape}');
  expect([shown.all('.panel').length, shown.shadow.activeElement?.getAttribute('data-mark')]).toEqual([0, '1:0']);
  shown.find('[data-mark="1:0"]').click();
  await vi.waitFor(() => expect(shown.all('.panel')).toHaveLength(1));
  shown.find('[data-mark="2:0"]').click();
  await vi.waitFor(() => expect(shown.find('.panel h3').textContent).toContain('15 at SAL'));
  shown.find('[data-mark="2:0"]').click();
  await vi.waitFor(() => expect(shown.all('.panel')).toHaveLength(0));
  shown.find('[data-mark="2:0"]').click();
  await vi.waitFor(() => expect(shown.all('.panel')).toHaveLength(1));
  shown.find('.panel .action').click();
  expect(shown.all('.panel')).toHaveLength(0);
});

test('it follows what the funnel shows, and goes when its stage is gone', async () => {
  using shown = await opened('1:0');
  shown.element.view = 'snapshot';
  await vi.waitFor(() => expect(shown.find('.panel').textContent).toContain('known in the cohort view'));
  shown.element.data = [
    { stage: 'Visits', count: 10 },
    { stage: 'Orders', count: 2 },
  ];
  await vi.waitFor(() => expect(shown.all('.panel')).toHaveLength(0));
});

test('who may not see single records is told so, and so is who has nobody to ask', async () => {
  using limited = await opened('1:0', sourceFor({ ...OWNER_RIGHTS, caps: [] }));
  await vi.waitFor(() => expect(limited.find('.panel h4 + p').textContent).toMatch(/not|rights|allow/i));
  using alone = await place(SamaFunnel, {
    render: () =>
      html`<sama-funnel
        .data=${[
          { stage: 'Lead', count: 9 },
          { stage: 'Won', count: 3 },
        ]}
      ></sama-funnel>`,
  });
  alone.find('[data-mark="1:1"]').click();
  await vi.waitFor(() => expect(alone.find('.panel').textContent).toContain('tells no more than the chart'));
});
