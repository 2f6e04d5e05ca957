import { localSource } from '@sama/metrics/client';
import { OWNER_RIGHTS, type DataSource, type Rights } from '@sama/metrics/contracts';
import { DEFAULT_DEFINITIONS } from '@sama/metrics/definitions';
import { createMemoryEngine } from '@sama/metrics/engine';
import { html } from 'lit';
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { violationsIn } from '../testing/a11y.ts';
import { type Place, place, settled } from '../testing/mount.ts';
import '../locale/de/define.ts';
import './define.ts';
import { SamaFunnel } from './funnel.ts';

/** Waits until it holds, on a busy machine too. */
const soon = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 30_000 });

const day = (n: number): string => new Date(Date.UTC(2026, 0, 1 + n)).toISOString();

/** Ten of those who stay leads are told apart by these. */
const REASONS = [...Array<string>(6).fill('fit.size'), 'too dear', 'too dear', undefined, undefined];

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
    const at = (stage: string, after: number, reason?: string) => ({
      entityType: 'person' as const,
      entityId: `lead-${i}`,
      stage,
      at: day((i % 10) + after),
      source: { system: 'crm', recordId: `${i}-${stage}` },
      ...(reason === undefined ? {} : { reason }),
      batch: 'b',
    });
    return [
      at('lead', 0),
      ...(i % 2 === 0 ? [at('mql', 2)] : []),
      ...(i % 4 === 0 ? [at('sal', 3 + (i % 7))] : []),
      ...(i % 6 === 1 ? [at('disqualified', 4, REASONS[(i - 1) / 6])] : []),
    ];
  }).flat(),
});

const sourceFor = (rights: Rights = OWNER_RIGHTS): DataSource =>
  localSource(engine, { definitions: DEFAULT_DEFINITIONS, rights, asOf: '2026-02-01T00:00:00Z', timeZone: 'UTC' });

async function opened(mark: string, source = sourceFor()): Promise<Place<SamaFunnel>> {
  const shown = await place(SamaFunnel, {
    render: () => html`<sama-funnel period="2026-01" .source=${source}></sama-funnel>`,
  });
  shown.find(`[data-mark="${mark}"]`).click();
  await soon(() => expect(shown.all('.panel')).toHaveLength(1));
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
  await soon(() => expect(shown.find('.panel').textContent).toContain('20 of 30'));
  const text = shown.find('.panel').textContent?.replace(/\s+/g, ' ');
  expect(text).toContain('What became of the 30 at MQL');
  expect(text).toContain('15 are still undecided at MQL.');
  expect(text).toContain('5 of them have no owner.');
  expect(rowsOf(shown, /^\s*Outcome/).find(([name]) => name === 'Still open')).toEqual(['Still open', '15', '50%']);
  shown.find('.panel .button').click();
  await soon(() => expect(rowsOf(shown, /Records at MQL/)).toHaveLength(30));
  await userEvent.selectOptions(shown.find('.panel select'), 'open');
  await soon(() => expect(rowsOf(shown, /Records at MQL/)).toHaveLength(15));
  expect(rowsOf(shown, /Records/).every(([, , outcome]) => outcome === 'Still open')).toBe(true);
  shown.find('.panel .records th:first-child .sort').click();
  await soon(() => expect(rowsOf(shown, /Records/)[0]?.[0]).toBe('lead-10'));
});

test('the source puts all records in order, not only those of the page', async () => {
  using shown = await opened('0:0');
  const first = (): string | undefined => rowsOf(shown, /Records at Lead/)[0]?.[0];
  await soon(() => expect(first()).toBeDefined());
  const press = (): void => shown.find('.panel .records th:first-child .sort').click();
  press();
  await soon(() => expect(first()).toBe('lead-0'));
  press();
  // Of sixty by their ids, of which a page shows twenty.
  await soon(() => expect(first()).toBe('lead-9'));
  expect(shown.find('.records th[aria-sort="descending"]').textContent?.trim()).toBe('Record');
});

test('reasons stand behind a loss, the most frequent first, and the records of one are a press away', async () => {
  using shown = await opened('0:0');
  await soon(() => expect(rowsOf(shown, /Reasons: Disqualified \(10\)/)).toHaveLength(3));
  expect(rowsOf(shown, /Reasons/)).toEqual([
    ['Outside size', '6', '60%', '60%'],
    ['too dear', '2', '20%', '80%'],
    ['No reason given', '2', '20%', '100%'],
  ]);
  const told: unknown[] = [];
  shown.element.addEventListener('sama-drill', (event) => told.push(event.detail));
  shown.find('.pareto tr:nth-child(2) .link').focus();
  await userEvent.keyboard('{Enter}');
  await soon(() => expect(rowsOf(shown, /Records at Lead/).map(([id]) => id)).toEqual(['lead-37', 'lead-43']));
  expect(told).toEqual([{ kind: 'reason', stage: 'lead', outcome: 'disqualified', reason: 'too dear' }]);
  expect(shown.shadow.activeElement?.textContent).toBe('Who they are');
  await userEvent.selectOptions(shown.find('.panel .pick + .pick select'), 'none');
  await soon(() => expect(rowsOf(shown, /Records at Lead/).map(([id]) => id)).toEqual(['lead-49', 'lead-55']));
  // Where the page leads elsewhere, nothing changes here.
  shown.element.addEventListener('sama-drill', (event) => event.preventDefault());
  shown.find('.leaks .link:first-child').click();
  expect(told.at(-1)).toEqual({ kind: 'leak', stage: 'lead', leak: 'undecided' });
  expect(shown.element.panel).toBe('lead?outcome=disqualified&reason=');
  expect(await violationsIn(shown.root)).toEqual([]);
});

test('a link restores what stands open, and the list as it was', async () => {
  using first = await opened('0:0');
  first.element.panel = 'lead?outcome=disqualified&reason=fit.size&by=id';
  const state = first.element.toState();
  using second = await place(SamaFunnel, {
    render: () => html`<sama-funnel .state=${state} .source=${sourceFor()}></sama-funnel>`,
  });
  await soon(() => expect(rowsOf(second, /Records at Lead/)).toHaveLength(6));
  expect(rowsOf(second, /Records at Lead/).map(([id]) => id)).toEqual([
    'lead-1',
    'lead-13',
    'lead-19',
    'lead-25',
    'lead-31',
    'lead-7',
  ]);
  expect(second.find('[data-mark="0:0"]').getAttribute('aria-current')).toBe('true');
  second.element.panel = 'mql?rate';
  await soon(() => expect(second.find('.panel h3').textContent).toBe('From Lead to MQL'));
  second.element.panel = 'no-such-stage?outcome=%';
  await soon(() => expect(second.all('.panel')).toHaveLength(0));
});

test('words of another language are loaded with what they are for', async () => {
  using shown = await place(SamaFunnel, {
    render: () => html`<sama-funnel locale="de" panel="lead" period="2026-01" .source=${sourceFor()}></sama-funnel>`,
  });
  await soon(() => expect(shown.find('.panel h3').textContent).toBe('Was aus den 60 bei Lead wurde'));
});

test('a rate opens the curve behind it, with a table', async () => {
  using shown = await opened('2:1');
  await soon(() => expect(shown.all('.panel svg.curve')).toHaveLength(1));
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
  await soon(() => expect(shown.all('.panel')).toHaveLength(1));
  shown.find('[data-mark="2:0"]').click();
  await soon(() => expect(shown.find('.panel h3').textContent).toContain('15 at SAL'));
  shown.find('[data-mark="2:0"]').click();
  await soon(() => expect(shown.all('.panel')).toHaveLength(0));
  shown.find('[data-mark="2:0"]').click();
  await soon(() => expect(shown.all('.panel')).toHaveLength(1));
  shown.find('.panel .action').click();
  expect(shown.all('.panel')).toHaveLength(0);
});

test('it follows what the funnel shows, and goes when its stage is gone', async () => {
  using shown = await opened('1:0');
  shown.element.view = 'snapshot';
  await soon(() => expect(shown.find('.panel').textContent).toContain('known in the cohort view'));
  shown.element.data = [
    { stage: 'Visits', count: 10 },
    { stage: 'Orders', count: 2 },
  ];
  await soon(() => expect(shown.all('.panel')).toHaveLength(0));
});

test('who may not see single records is told so, and so is who has nobody to ask', async () => {
  using limited = await opened('1:0', sourceFor({ ...OWNER_RIGHTS, caps: [] }));
  await soon(() => expect(limited.find('.panel h4 + p').textContent).toMatch(/not|rights|allow/i));
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
  await soon(() => expect(alone.find('.panel').textContent).toContain('tells no more than the chart'));
});

const pickers = (shown: Place): HTMLSelectElement[] =>
  shown.all('.otherwise select').filter((one) => one instanceof HTMLSelectElement);
const flat = (shown: Place, selector: string): string =>
  (shown.find(selector).textContent ?? '').replaceAll('\u200E', '').replace(/\s+/g, ' ').trim();
/** The first and the last cell of each step. */
const stepsOf = (shown: Place): string[][] =>
  rowsOf(shown, /Why does this differ/).map(([name = '', ...cells]) => [
    name.split(/\s{2,}/)[0] ?? '',
    ...cells.map((cell) => cell.replace('\u200E', '')),
  ]);

test('why a number differs from another: each reason adds up, with who comes and goes; a link restores it', async () => {
  using shown = await opened('1:0');
  await soon(() => expect(shown.all('.panel > p > .link').length).toBeGreaterThan(0));
  const begin = shown.all('.panel > p > .link').find((one) => one.textContent === 'Why does this differ?');
  if (!(begin instanceof HTMLElement)) throw new Error('no button');
  begin.focus();
  await userEvent.keyboard('{Enter}');
  await soon(() => expect(flat(shown, '.panel h3')).toBe('MQL: 30'));
  expect([shown.shadow.activeElement?.tagName, shown.shadow.activeElement?.textContent]).toEqual([
    'H4',
    'Why does this differ?',
  ]);
  expect(shown.find('.panel').textContent).toContain('Choose how the other number is counted');
  // What holds here stands where another may be typed.
  expect(shown.all('.otherwise input').map((one) => one.getAttribute('placeholder'))).toEqual([
    'as here: UTC',
    'as here: 1.0.0',
    null,
  ]);
  const [view, anchor] = pickers(shown);
  if (view === undefined || anchor === undefined) throw new Error('no pickers');
  await userEvent.selectOptions(anchor, 'sal');
  // SAL comes after it, so such a cohort does not show it.
  await soon(() => expect(flat(shown, '.found:not(:has(p)), .found > p')).toMatch(/^It cannot be counted like that/));
  await userEvent.selectOptions(pickers(shown)[1] ?? anchor, '');
  await userEvent.selectOptions(pickers(shown)[0] ?? view, 'snapshot');
  await soon(() =>
    expect(flat(shown, '.found:not(:has(p)), .found > p')).toBe('30 here, 15 there: a difference of −15.'),
  );
  const steps = stepsOf(shown);
  expect([steps[0], steps.at(-1)]).toEqual([
    ['In this chart', '', '30'],
    ['The other number', '', '15'],
  ]);
  const amounts = steps.slice(1, -1).map(([, amount = '']) => Number(amount.replace('−', '-').replace('+', '')));
  expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBe(-15);
  expect(flat(shown, '.steps details')).toMatch(/^Who they are .*lead-/);
  expect(await violationsIn(shown.root)).toEqual([]);
  const state = shown.element.toState();
  using second = await place(SamaFunnel, {
    render: () => html`<sama-funnel .state=${state} .source=${sourceFor()}></sama-funnel>`,
  });
  await soon(() => expect(stepsOf(second)).toEqual(steps));
  shown.find('.panel .action').focus();
  await userEvent.keyboard('{Escape}');
  expect([shown.all('.panel').length, shown.shadow.activeElement?.getAttribute('data-mark')]).toEqual([0, '1:0']);
});

test('a number somebody brings leaves what no setting explains; who may not see single records sees amounts', async () => {
  using shown = await place(SamaFunnel, {
    render: () =>
      html`<sama-funnel
        period="2026-01"
        panel="sal?differ=&amp;skipPolicy=strict"
        .source=${sourceFor({ ...OWNER_RIGHTS, caps: [] })}
      ></sama-funnel>`,
  });
  await soon(() => expect(stepsOf(shown)).toHaveLength(3));
  const number = shown.find('.otherwise input[type="number"]');
  await userEvent.fill(number, '12.5');
  await userEvent.keyboard('{Tab}');
  await soon(() =>
    expect(flat(shown, '.found:not(:has(p)), .found > p')).toBe('15 here, 12.5 there: a difference of −2.5.'),
  );
  expect(stepsOf(shown)).toEqual([
    ['In this chart', '', '15'],
    ['Skipped stages From skipped stages inferred to skips end the way', '0', '15'],
    ['Unexplained no setting accounts for it', '−2.5', '12.5'],
    ['The other number', '', '12.5'],
  ]);
  expect(shown.all('.steps details')).toEqual([]);
  expect(shown.element.panel).toBe('sal?differ=&skipPolicy=strict&reported=12.5');
  // A version that is none is not asked for.
  await userEvent.fill(shown.find('.otherwise input[pattern]'), 'newest');
  await userEvent.keyboard('{Tab}');
  expect(shown.element.panel).toBe('sal?differ=&skipPolicy=strict&reported=12.5');
  await userEvent.fill(shown.find('.otherwise input[pattern]'), '9.9.9');
  await userEvent.keyboard('{Tab}');
  await soon(() =>
    expect(flat(shown, '.found:not(:has(p)), .found > p')).toBe('It cannot be counted like that. Choose otherwise.'),
  );
});

test('the other number may be of another window, segment and time zone, and the steps can be copied', async () => {
  using shown = await place(SamaFunnel, {
    render: () =>
      html`<sama-funnel
        period="2026-01"
        panel="sal?differ=&amp;window=3d&amp;timeZone=Pacific%2FKiritimati"
        .source=${sourceFor()}
      ></sama-funnel>`,
  });
  await soon(() => expect(stepsOf(shown).length).toBeGreaterThan(2));
  const steps = stepsOf(shown);
  expect(steps.map(([name = '']) => name.replace(/ From .*/, ''))).toEqual([
    'In this chart',
    'Time zone',
    'Time followed',
    'The other number',
  ]);
  expect(steps[1]?.[0]).toBe('Time zone From UTC to Pacific/Kiritimati');
  const amount = (text = ''): number => Number(text.replace('−', '-').replace('+', ''));
  const [first, ...others] = steps;
  const last = others.pop();
  expect(others.reduce((sum, [, adds]) => sum + amount(adds), amount(first?.[2]))).toBe(amount(last?.[2]));
  const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
  shown.find('.found .button').click();
  await soon(() => expect(shown.find('.foot').textContent).toContain('Copied'));
  const lines = write.mock.calls[0]?.[0].split('\r\n') ?? [];
  write.mockRestore();
  expect([lines.length, lines[0], lines[1]]).toEqual([5, 'Reason,Adds,Then', 'In this chart,,15']);
  expect(lines[2]).toMatch(/^Time zone: From UTC to Pacific\/Kiritimati,-?\d+,\d+$/);
  const kept = shown.element.panel;
  await userEvent.fill(shown.find('.otherwise input[type="text"]:not([pattern])'), 'Mars/Olympus');
  await userEvent.keyboard('{Tab}');
  expect(shown.element.panel).toBe(kept);
  shown.element.panel = 'sal?differ=&segment=nobody';
  await soon(() => expect(flat(shown, '.found')).toMatch(/^It cannot be counted like that/));
});
