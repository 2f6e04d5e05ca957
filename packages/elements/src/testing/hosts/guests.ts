import { answerOf, envelopeOf, healthy, hostile, type StageSample } from '../funnel-samples.ts';
import { glossary, glossaryDesk } from '../glossary-desk.ts';
import * as kpis from '../kpi-samples.ts';
import { hostile as hostileKpis, sections } from '../kpi-states.ts';
import { hostileSketches, manySketches, queueDesk } from '../queue-desk.ts';

/** An element as a guest of pages: what it is given, and what it then shows. */
export interface Guest {
  /** Gives an element something to show. */
  fill: (element: HTMLElement) => void;
  /** Words that stand in it then; empty for one that draws nothing. */
  says: string;
  /** The single file that defines it. */
  file: string;
  /** Whether it shows data, or the answer of a source. */
  asks: boolean;
  /** How it stands in a page. Default: `block`. */
  display?: string;
  /** Data that is odd and yet right: each with words that stand in the element then. */
  odd: Readonly<Record<string, { data?: unknown; source?: unknown; says: string }>>;
}

const LONG = 'Marketingqualifizierter Interessent '.repeat(9).slice(0, 300);
const stages = (count: number, make: (i: number) => Partial<StageSample>) =>
  envelopeOf(
    answerOf(
      Array.from({ length: count }, (_, i) => ({ key: `s${i}`, label: `Stage ${i + 1}`, count: 1000 - i, ...make(i) })),
    ),
  );

/** A glossary of one term. */
const words = (term: string) => ({ ...glossary, terms: glossary.terms.slice(0, 1).map((one) => ({ ...one, term })) });

/** Every element there is has its line here. */
export const GUESTS: Readonly<Record<string, Guest>> = {
  'sama-provider': {
    fill: (element) => {
      element.textContent = 'A page';
    },
    says: '',
    file: 'sama-provider',
    asks: false,
    display: 'contents',
    odd: {},
  },
  'sama-filter': {
    fill: (element) => {
      Object.assign(element, { data: healthy });
      element.setAttribute('choices', 'period segment compare');
    },
    says: 'Showing',
    file: 'sama-provider',
    asks: true,
    odd: {
      'a period that is none': { data: healthy, says: 'Showing' },
    },
  },
  'sama-funnel': {
    fill: (element) => void Object.assign(element, { data: healthy }),
    says: '391 of 18,400',
    file: 'sama-funnel',
    asks: true,
    odd: {
      'one step': { data: stages(1, () => ({})), says: 'Stage 1' },
      'thirty steps': { data: stages(30, () => ({})), says: 'Stage 30' },
      'a name of 300 characters': { data: stages(3, () => ({ label: LONG })), says: LONG.trim() },
      '10¹⁵': { data: stages(2, () => ({ count: 1e15 })), says: '1,000,000,000,000,000' },
      'markup and script': { data: hostile, says: '<img src=x' },
      'names from the right': { data: stages(2, () => ({ label: 'עסקה שנסגרה' })), says: 'עסקה שנסגרה' },
      'nobody at all': { data: stages(3, () => ({ count: 0 })), says: 'Stage 3' },
      'a hundred thousand rows': {
        data: Array.from({ length: 100_000 }, (_, i) => ({ stage: `S${i}`, count: 100_000 - i })),
        says: '',
      },
    },
  },
  'sama-scorecard': {
    fill: (element) => void Object.assign(element, { data: kpis.healthy }),
    says: 'MQL volume',
    file: 'sama-scorecard',
    asks: true,
    odd: {
      'markup and script': { data: hostileKpis, says: '<' },
      'many KPIs': { data: sections, says: 'MQL volume' },
    },
  },
  'sama-kpi': {
    fill: (element) => void Object.assign(element, { data: kpis.healthy, kpi: 'mqls' }),
    says: 'MQL volume',
    file: 'sama-scorecard',
    asks: true,
    odd: {
      'markup and script': { data: hostileKpis, says: '<' },
    },
  },
  'sama-glossary': {
    fill: (element) => void Object.assign(element, { data: glossary }),
    says: 'Recycled',
    file: 'sama-glossary',
    asks: true,
    odd: {
      'a name of 300 characters': { data: words(LONG), says: LONG.trim() },
      'markup and script': { data: words('<img src=x onerror="window.pwned=1">'), says: '<img src=x' },
      'names from the right': { data: words('עסקה שנסגרה'), says: 'עסקה שנסגרה' },
    },
  },
  'sama-term': {
    fill: (element) => void Object.assign(element, { source: glossaryDesk().source(), term: 'mql' }),
    says: 'MQL',
    file: 'sama-glossary',
    asks: false,
    display: 'inline',
    odd: {},
  },
  'sama-handoff-queue': {
    fill: (element) => void Object.assign(element, { source: queueDesk().sit(), timeZone: 'Europe/Lisbon' }),
    says: 'Ines Calloway',
    file: 'sama-handoff-queue',
    asks: true,
    odd: {
      'markup and script': { source: queueDesk(hostileSketches()).sit(), says: '<' },
      'a hundred thousand rows': { source: queueDesk(manySketches(100_000)).sit(), says: '100,000' },
      nothing: { source: queueDesk([]).sit(), says: '0' },
    },
  },
};

/** What nobody should give as data, and somebody will. */
export const JUNK: readonly unknown[] = [
  null,
  NaN,
  -1,
  '',
  'text',
  [],
  {},
  [null],
  [{ stage: 'Lead', count: -5 }],
  [{ stage: 'Lead', count: NaN }],
  [{ stage: null, count: 1 }],
  { v: 1, status: 'ok', flags: [], warnings: [] },
  { v: 1, status: 'ok', flags: [], warnings: [], data: null },
  { v: 99, status: 'ok' },
  { v: 1, status: 'strange', flags: ['strange'], warnings: [{}] },
  () => undefined,
  Symbol('data'),
];

/** Sources that are slow, fail, or answer nonsense. */
export const BAD_SOURCES: Readonly<Record<string, () => Promise<unknown>>> = {
  'never answers': () => new Promise(() => undefined),
  fails: () => Promise.reject(new Error('broken')),
  'throws at once': () => {
    throw new Error('broken');
  },
  'answers nothing': async () => undefined,
  'answers null': async () => null,
  'answers another kind': async () => ({ v: 1, status: 'ok', flags: [], warnings: [], data: { kind: 'strange' } }),
  'answers text': async () => 'text',
};
