import type { DataSource, Envelope } from '@sama/metrics/contracts';
import { DISQUALIFY_REASONS, RECYCLE_REASONS, RETURN_REASONS } from '@sama/metrics/handoff';
import { afterEach, describe, expect, test, vi } from 'vitest';
import '../define-all.ts';
import { defineAll } from '../define-all.ts';
import { SamaFilter } from '../filter/filter.ts';
import { SamaFunnel } from '../funnel/funnel.ts';
import { SamaGlossary } from '../glossary/glossary.ts';
import type { ReactiveElement } from '../internal/reactive.ts';
import { SamaHandoffQueue } from '../queue/handoff-queue.ts';
import '../queue/queue-names.ts';
import { SamaScorecard } from '../scorecard/scorecard.ts';
import { SamaTerm } from '../term/term.ts';
import { gap, maturing, nothingMatches } from '../testing/funnel-samples.ts';
import { glossaryDesk } from '../testing/glossary-desk.ts';
import { healthy } from '../testing/kpi-samples.ts';
import { choices as choicesMade } from '../testing/kpi-states.ts';
import { place, settled } from '../testing/mount.ts';
import { pseudo, textsIn } from '../testing/pseudo.ts';
import { queueDesk } from '../testing/queue-desk.ts';
import { sourceOf } from '../testing/story.ts';
import { ar } from './ar/index.ts';
import { de } from './de/index.ts';
import { filter } from './en/filter.ts';
import { funnelDetail } from './en/funnel-detail.ts';
import { funnel } from './en/funnel.ts';
import { glossaryDesk as glossaryLater } from './en/glossary-desk.ts';
import { glossary } from './en/glossary.ts';
import { queueDesk as queueLater } from './en/queue-desk.ts';
import { queue } from './en/queue.ts';
import { scorecardNumbers } from './en/scorecard-numbers.ts';
import { scorecard } from './en/scorecard.ts';
import { term } from './en/term.ts';
import { es } from './es/index.ts';
import { type AllWords, registerLocale } from './index.ts';
import { ja } from './ja/index.ts';
import { keepWords } from './registered.ts';

defineAll();

const widgets = {
  queue: { ...queue, ...queueLater },
  glossary: { ...glossary, ...glossaryLater },
  term,
  filter,
  funnelDetail,
  funnel,
  scorecard: { ...scorecard, ...scorecardNumbers },
};
/** All English words; what brings warnings of figures comes last. */
const english: Record<string, unknown> = Object.assign({}, ...Object.values(widgets));
Object.assign(english, { behind: { ...funnelDetail.behind, ...namesInEnglish() } });
const languages: Record<string, AllWords> = { ar, de, es, ja };

/** What the answers call what another language has names of. */
function namesInEnglish() {
  const lists = [RETURN_REASONS, RECYCLE_REASONS, DISQUALIFY_REASONS].flatMap(({ reasons }) => reasons);
  const ways = ['e-mail', 'email', 'phone', 'call', 'meeting', 'message'];
  return {
    reasonNames: Object.fromEntries(lists.map(({ code, label }) => [code, label])),
    askNames: Object.fromEntries(lists.flatMap(({ code, asks }) => (asks === undefined ? [] : [[code, asks.label]]))),
    channelNames: Object.fromEntries(ways.map((way) => [way, way])),
  };
}

/** What functions of other things than texts are tried with. */
const SAMPLES: Record<string, unknown[]> = {
  queueSummary: ['«0»', '«1»', 7, 3, (n: number) => `«${n}»`],
  andMore: [['«0»', '«1»'], 2, '«2»'],
};

/** What a word is made of: its keys, its places, and of a function the parameters it says. */
function shapeOf(value: unknown, key: string): unknown {
  if (typeof value === 'string')
    return [...new Set(Array.from(value.matchAll(/\{(\w+%?)/g), ([, name]) => name))].toSorted();
  if (typeof value === 'function') {
    const given = SAMPLES[key] ?? Array.from({ length: 7 }, (_, i) => `«${i}»`);
    const said: unknown = Reflect.apply(value, undefined, given);
    return [...new Set(JSON.stringify(said).match(/«\d»/g))].toSorted();
  }
  if (Array.isArray(value)) return value.length;
  return Object.fromEntries(
    Object.entries(Object(value))
      .map(([name, one]) => [name, shapeOf(one, name)])
      .toSorted(),
  );
}

test('no two widgets give one word two meanings', () => {
  const meanings = new Map<string, Set<string>>();
  for (const words of Object.values(widgets)) {
    for (const [key, value] of Object.entries(words)) {
      const all = meanings.get(key) ?? new Set();
      meanings.set(key, all.add(typeof value === 'object' ? JSON.stringify(value) : String(value)));
    }
  }
  // Widgets with figures have more of these.
  for (const key of ['warnings', 'flags', 'reasons']) meanings.delete(key);
  expect([...meanings].filter(([, all]) => all.size > 1)).toEqual([]);
});

describe.each(Object.entries(languages))('%s', (tag, words) => {
  test('has every word with what it tells, and keeps hardly any as in English', () => {
    const { tag: own, plural: _, ...rest } = words;
    const { tag: __, plural: ___, ...all } = english;
    expect(own).toBe(tag);
    expect(shapeOf(rest, '')).toEqual(shapeOf(all, ''));
    const texts = Object.entries(rest).filter(([, value]) => typeof value === 'string' && /[a-z]{3}/i.test(value));
    const same = texts.filter(([key, value]) => value === all[key]).map(([key]) => key);
    // Of German and Spanish the trade shares some words with English.
    expect(same.length).toBeLessThanOrEqual(15);
  });

  test('counts as the language does', () => {
    const said = [0, 1, 2, 3, 11, 100].map((n) => words.found(n, new Intl.NumberFormat(tag).format(n)));
    expect(said).toMatchSnapshot();
  });
});

/** Keeps each answer of a source, as texts that are data and no words of a widget. */
function heard(source: DataSource): { source: DataSource; words: Set<string> } {
  const words = new Set<string>();
  const query: DataSource['query'] = async (question, options) => {
    const answer: Envelope = await source.query(question, options);
    for (const [word] of JSON.stringify([answer, question]).matchAll(/[a-z]{2,}/gi)) words.add(word.toLowerCase());
    return answer;
  };
  return { source: { ...source, query }, words };
}

const failing = (): DataSource => sourceOf({ v: 1, status: 'error', code: 'timeout', flags: [], warnings: [] });
const drawn: [string, new () => ReactiveElement & { source: unknown }, () => DataSource, Record<string, unknown>][] = [
  ['a cohort', SamaFunnel, () => sourceOf(maturing), { period: '2026-Q1', compare: 'previous' }],
  ['a cohort with a gap', SamaFunnel, () => sourceOf(gap), {}],
  ['a table', SamaFunnel, () => sourceOf(maturing), { table: true }],
  ['no cohort', SamaFunnel, () => sourceOf(nothingMatches), { segment: 'enterprise' }],
  ['a failure', SamaFunnel, failing, {}],
  ['a scorecard', SamaScorecard, () => sourceOf(healthy), {}],
  ['a scorecard with choices', SamaScorecard, () => sourceOf(choicesMade), { period: '2026-Q2', compare: 'previous' }],
  ['a table of KPIs', SamaScorecard, () => sourceOf(healthy), { table: true }],
  ['a glossary', SamaGlossary, () => glossaryDesk().source(), { term: 'mql' }],
  ['hand-offs', SamaHandoffQueue, () => queueDesk().sit(), { timeZone: 'Europe/Lisbon' }],
  ['returned hand-offs', SamaHandoffQueue, () => queueDesk().sit(), { timeZone: 'Europe/Lisbon', view: 'returned' }],
  ['a filter', SamaFilter, () => sourceOf(maturing), { choices: 'period segment compare' }],
  ['a term', SamaTerm, () => glossaryDesk().source(), { key: 'mql', open: true }],
];

/** Draws one of these in a language, in a room of this width. */
async function draw([, Kind, sourceFor, more]: (typeof drawn)[number], locale: string, width: number) {
  const { source, words } = heard(sourceFor());
  const element = Object.assign(new Kind(), { source, locale, ...more });
  if (locale === 'ar') element.dir = 'rtl';
  const placed = await place(Kind, element, { width });
  await vi.waitFor(() => expect(placed.shadow.querySelector('[aria-busy="true"]')).toBeNull());
  await settled(placed.element);
  return { ...placed, words };
}

/** Parts that stand out of their frame, where it can be scrolled to them. */
const wideParts = (frame: HTMLElement): string[] =>
  frame.scrollWidth <= frame.clientWidth + 1
    ? []
    : [...frame.querySelectorAll<HTMLElement>('*')]
        .filter((part) => part.getBoundingClientRect().right > frame.getBoundingClientRect().right + 1)
        .map((part) => `${part.localName}.${part.getAttribute('class')}: ${part.textContent.trim().slice(0, 60)}`);

/** What the browser's own formats write in English, keys, and names of formats. */
const OF_FORMATS =
  /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|min|mins|minute|minutes|hr|hrs|hour|hours|day|days|ago|yesterday|today|tomorrow|lisbon|europe|ms|json)$/;

describe('a language nobody speaks', () => {
  keepWords('en-xa', Object(pseudo(english)));

  test.each(drawn)('%s says nothing that is not among its words', async (...one) => {
    using placed = await draw(one, 'en-XA', 960);
    const plain = textsIn(placed.shadow).flatMap((text) =>
      [...text.matchAll(/(?<![\p{L}\p{M}])[A-Za-z]{3,}(?![\p{L}\p{M}])/gu)]
        .map(([word]) => word)
        .filter((word) => !OF_FORMATS.test(word.toLowerCase()) && !placed.words.has(word.toLowerCase()))
        .map((word) => `${word}: ${text}`),
    );
    expect(plain).toEqual([]);
  });

  test.each(drawn.filter(([name]) => !/term|table/.test(name)))('%s has room for longer words', async (...one) => {
    for (const width of [360, 960]) {
      using placed = await draw(one, 'en-XA', width);
      expect(wideParts(placed.find('.sama'))).toEqual([]);
    }
  });
});

describe('in the browser', () => {
  const { lang } = document.documentElement;
  afterEach(() => void (document.documentElement.lang = lang));
  for (const [tag, words] of Object.entries(languages)) registerLocale(tag, words);

  test.each([
    ['de', 0, 'haben Won bisher erreicht'],
    ['es', 0, 'han llegado hasta ahora a Won'],
    ['ja', 0, 'Won に到達'],
    ['ar', 0, 'بلغوا Won حتى الآن'],
    ['de', 5, 'Das Marketing hat zugesagt'],
    ['es', 5, 'Marketing se comprometió a'],
    ['ja', 5, 'マーケティングの約束'],
    ['ar', 5, 'وعد التسويق'],
    ['de', 8, 'von beiden Teams vereinbart'],
    ['es', 8, 'acordados por ambos equipos'],
    ['ja', 8, '両チームが合意済み'],
    ['ar', 8, 'باتفاق الفريقين'],
    ['de', 9, 'Entscheiden: noch 38 Minuten'],
    ['es', 9, 'Decidir en 38 minutos'],
    ['ja', 9, '判断: あと 38 分'],
    ['ar', 9, 'القرار خلال'],
    ['de', 10, 'Keine erreichbare Telefonnummer'],
    ['es', 10, 'Sin teléfono que funcione'],
    ['ja', 10, 'つながる電話番号なし'],
    ['ar', 10, 'لا هاتف يعمل'],
  ] as const)('%s: widget %i says “%s”', async (tag, index, text) => {
    const one = drawn[index];
    if (one === undefined) throw new Error(`there is no widget ${index}`);
    using placed = await draw(one, tag, 960);
    await vi.waitFor(() => expect(placed.text()).toContain(text), 10_000);
    const frame = placed.find('.sama');
    // The words run as the page does: neither is turned.
    expect(frame.classList.contains('run')).toBe(tag === 'ar');
    expect(frame.classList.contains('rtl')).toBe(tag === 'ar');
  });

  test.each(Object.keys(languages))('%s fits 320 pixels', async (tag) => {
    for (const one of drawn.filter(([name]) => !/term|table|failure/.test(name))) {
      using placed = await draw(one, tag, 320);
      expect([one[0], ...wideParts(placed.find('.sama'))]).toEqual([one[0]]);
    }
  });

  test('Arabic stands mirrored: names from the right, figures to their left', async () => {
    const [cohort] = drawn;
    if (cohort === undefined) throw new Error('nothing to draw');
    using placed = await draw(cohort, 'ar', 960);
    const left = (part: string) => placed.all(part)[0]?.getBoundingClientRect().left ?? NaN;
    expect(left('.row .name')).toBeGreaterThan(left('.row .amount'));
    expect(placed.find('.title').getBoundingClientRect().right).toBeGreaterThan(
      placed.find('.actions').getBoundingClientRect().right,
    );
  });
});
