import type { Rate } from '@sama/metrics/contracts';
import { describe, expect, test } from 'vitest';
import { csvOf } from './csv.ts';
import { nextSorting } from './data-table.ts';
import { daysText, Formats } from './format.ts';
import { rateText } from './rates.ts';
import { funnel } from '../locale/en/funnel.ts';
import { queue } from '../locale/en/queue.ts';
import { registerLocale } from '../locale/index.ts';
import { wordsIn } from '../locale/registered.ts';
import { readTable } from './read-table.ts';
import { hostOf, isFile } from './source.ts';
import { walk } from './walker.ts';

const DAY = 86_400_000;
const formats = (locale = 'en', timeZone = 'UTC') => new Formats(locale, timeZone, wordsIn(locale, funnel));
const rate = (k: number, n: number): Rate => ({ value: k / n, low: k / n - 0.05, high: k / n + 0.05, k, n });

describe('rates', () => {
  test.each([
    [rate(6, 7), { text: '6 of 7', muted: true, spoken: '6 of 7' }],
    [rate(15, 29), { text: '52%', interval: '47–57', muted: true }],
    [rate(30, 60), { text: '50%', interval: '45–55', muted: false }],
    [rate(397, 1000), { text: '39.7%', interval: '34.7–44.7', muted: false }],
  ])('%j', (given, shown) => {
    expect(rateText(given, formats(), funnel)).toMatchObject(shown);
  });

  test('no value is no text', () => {
    expect(rateText({ value: null, reason: 'zero-denominator' }, formats(), funnel)).toBeNull();
    expect(rateText(undefined, formats(), funnel)).toBeNull();
  });
});

describe('times', () => {
  test.each([
    [41 * DAY, '41 days', '41'],
    [1.5 * DAY, '1.5 days', '1.5'],
    [DAY, '1 day', '1'],
    [10 * 3_600_000, '10 h', '10 h'],
    [(3 * 60 + 5) * 60_000, '3 h 05', '3 h 05'],
    [25 * 60_000, '25 min', '25 min'],
    [0, '0 min', '0'],
  ])('%i ms', (ms, words, inColumn) => {
    expect(formats().span({ value: ms })).toBe(words);
    expect(daysText({ value: ms }, formats())).toBe(inColumn);
  });

  test('a time that is not known is no text', () => {
    expect(formats().span({ value: null, reason: 'insufficient-data' })).toBe('');
  });
});

describe('periods', () => {
  test.each([
    [{ text: '2026' }, '2026'],
    [{ text: '2026-Q3' }, 'Q3 2026'],
    [{ text: 'FY26-Q3' }, 'Q3 FY26'],
    [{ text: '2026-07' }, 'Jul 2026'],
    [{ text: '2026-W30' }, 'week 30 of 2026'],
    [{ text: 'last-90-days' }, 'the last 90 days'],
    [{ text: 'previous', from: '2025-10-01', to: '2026-01-01' }, 'Q4 2025'],
    [{ text: 'previous', from: '2025-12-01', to: '2026-01-01' }, 'Dec 2025'],
    [{ text: 'previous', from: '2025-01-01', to: '2026-01-01' }, '2025'],
    [{ text: 'x', from: '2026-07-01', to: '2026-07-15' }, 'Jul 1 – 14, 2026'],
    [{ text: 'something else' }, 'something else'],
    [{ text: '2026-13' }, '2026-13'],
    [{ text: 'spring', from: 'March', to: 'soon' }, 'spring'],
  ])('%j', (period, name) => {
    expect(formats().period(period).replaceAll('\u2009', ' ')).toBe(name);
  });
});

test('numbers, money and dates are those of the language and the time zone', () => {
  expect(formats('de').count(18_400)).toBe('18.400');
  expect(formats('ar-EG').count(18_400)).toBe('١٨٬٤٠٠');
  expect(formats().money(642_100_00, 'EUR')).toBe('€642K');
  expect(formats().money(1_500_000, 'JPY')).toBe('¥1.5M');
  expect(formats('en', 'Asia/Tokyo').date('2026-06-16T20:30:00Z', true)).toBe('Jun 17, 2026, 05:30');
  expect(formats('en', 'America/New_York').date('2026-06-16')).toBe('Jun 16, 2026');
  expect(formats('en', 'Mars/Olympus').date('2026-06-16T20:30:00Z')).toBe('Jun 16, 2026');
  expect(formats().hundredths(-0.07, 1)).toBe('−7.0');
});

test('names in English sentences', () => {
  const { plural } = wordsIn('en', funnel);
  expect(['Lead', 'MQL', 'Opportunity', 'Business', 'Sales call', 'Stage 1', 'Gespräch'].map(plural)).toEqual([
    'leads',
    'MQLs',
    'opportunities',
    'businesses',
    'sales calls',
    'Stage 1',
    'Gespräch',
  ]);
});

test('another language brings its words; what it lacks stays English', () => {
  registerLocale('nl', { table: 'Tabel' });
  expect(wordsIn('nl-BE', funnel).table).toBe('Tabel');
  expect(wordsIn('nl-BE', funnel).stage).toBe('Stage');
  expect(wordsIn('fr', funnel).table).toBe('Table');
});

test('words of one widget stand beside those of another, also of two scripts that bring them one after the other', () => {
  registerLocale('pt', { stage: 'Etapa' });
  registerLocale('PT', { queue: 'Fila' });
  const words = wordsIn('pt-BR', { ...funnel, ...queue });
  expect([words.stage, words.queue, words.table]).toEqual(['Etapa', 'Fila', 'Table']);
});

describe('walking', () => {
  const marks = [1, 2, 2];
  test.each([
    ['ArrowDown', [0, 0], [1, 0]],
    ['ArrowDown', [2, 1], [2, 1]],
    ['ArrowUp', [1, 1], [0, 0]],
    ['ArrowRight', [1, 0], [1, 1]],
    ['ArrowRight', [0, 0], [0, 0]],
    ['ArrowLeft', [1, 1], [1, 0]],
    ['End', [0, 0], [2, 0]],
    ['Home', [2, 1], [0, 0]],
  ])('%s from %j leads to %j', (key, [row = 0, mark = 0], [toRow, toMark]) => {
    expect(walk(key, { row, mark }, marks, false)).toEqual({ row: toRow, mark: toMark });
  });
  test('other keys lead nowhere', () => {
    expect(walk('a', { row: 0, mark: 0 }, marks, false)).toBeNull();
  });
});

test('a file gives numbers in full and runs no formula', () => {
  const cell = (text: string, by: number | string = text) => ({ text, by });
  const rows = [
    [cell('=1+1'), cell('1,200', 1200), cell('39.7%', 0.39737)],
    [cell('a "quoted", text'), cell('@x'), cell('-5 apples')],
  ];
  expect(csvOf({ caption: '', heads: ['Stage', 'Count', 'Rate'], rows }).split('\r\n')).toEqual([
    'Stage,Count,Rate',
    "'=1+1,1200,0.39737",
    '"a ""quoted"", text",\'@x,\'-5 apples',
  ]);
});

test('a table of the page is read in any way of writing numbers', () => {
  const table = document.createElement('table');
  const caption = table.createCaption();
  caption.textContent = ' Spring \n campaign ';
  const add = (...cells: [string, string][]) => {
    const row = table.insertRow();
    for (const [tag, text] of cells) row.append(Object.assign(document.createElement(tag), { textContent: text }));
    return row;
  };
  add(['th', 'Stage'], ['th', 'Count']);
  add(['th', 'Lead'], ['td', '18,400']).dataset['owner'] = 'marketing';
  add(['td', 'MQL'], ['td', '7.312']);
  add(['th', 'SAL'], ['td', '1 234 567']);
  add(['th', 'Won'], ['td', '٣٩١']);
  add(['th', 'Odd'], ['td', '1.5']);
  expect(readTable(table)).toEqual({
    label: 'Spring campaign',
    rows: [
      { stage: 'Lead', count: 18_400, owner: 'marketing' },
      { stage: 'MQL', count: 7312 },
      { stage: 'SAL', count: 1_234_567 },
      { stage: 'Won', count: 391 },
      { stage: 'Odd', count: '1.5' },
    ],
  });
});

test('a file is told from a server', () => {
  expect(['funnel.json', '/x/funnel.JSON?v=1', 'https://a.example/f.json#x'].every(isFile)).toBe(true);
  expect(['https://a.example', '/metrics', 'https://a.example/json?x=.json'].some(isFile)).toBe(false);
  expect([hostOf('https://a.example:8080/x'), hostOf('/x'), hostOf(null)]).toEqual(['a.example:8080', '', '']);
});

test('a head sorts up, down, and not', () => {
  const up = nextSorting(undefined, 2);
  const down = nextSorting(up, 2);
  expect([up, down, nextSorting(down, 2), nextSorting(down, 1)]).toEqual([
    { column: 2, down: false },
    { column: 2, down: true },
    undefined,
    { column: 1, down: false },
  ]);
});
