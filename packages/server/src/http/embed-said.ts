import { attributesOf, runsFromRight } from '@sama/elements/ssr';
import type { Read } from './read-question.ts';

/** The widgets that have a page: tag, file, and the kind of answer a snapshot has for them. */
export const WIDGETS = {
  funnel: { tag: 'sama-funnel', file: 'sama-funnel.js', kind: 'funnel' },
  scorecard: { tag: 'sama-scorecard', file: 'sama-scorecard.js', kind: 'kpi' },
  kpi: { tag: 'sama-kpi', file: 'sama-scorecard.js', kind: 'kpi' },
  'handoff-queue': { tag: 'sama-handoff-queue', file: 'sama-handoff-queue.js', kind: undefined },
  glossary: { tag: 'sama-glossary', file: 'sama-glossary.js', kind: undefined },
} as const;
export type Widget = keyof typeof WIDGETS;

/** What the address of an embed page says. */
export interface Said {
  widget: Widget;
  /** Of the widget. */
  attributes: Readonly<Record<string, string>>;
  ticket: string | undefined;
  snapshot: string | undefined;
  /** Which of the answers of a snapshot that the widget can show, from 1. */
  part: number;
  /** BCP 47. */
  locale: string;
  rtl: boolean;
  /** CSS pixels. */
  width: number | undefined;
}

/** The longest value of an attribute. */
const LONGEST = 200;
/** CSS pixels a page may say that it has. */
const [NARROWEST, WIDEST] = [240, 4_000];
/** What a page that embeds may not say: whom to ask, and where links lead. */
const OURS = new Set(['src', 'definition-href']);
/** What may be said of a snapshot, whose questions have been answered. */
const LOOKS = new Set(['locale', 'theme', 'density', 'label', 'lens', 'section', 'north-star', 'kpi']);

const isWidget = (name: string): name is Widget => Object.hasOwn(WIDGETS, name);
const bad = (message: string): Read<never> => ({ ok: false, code: 'invalid-question', message });

/** Reads the address of an embed page. Nothing in it reaches beyond attributes of the widget. */
export function readSaid(name: string, query: URLSearchParams): Read<Said> {
  if (!isWidget(name))
    return {
      ok: false,
      code: 'not-found',
      message: `widget: there is no widget ${name}. There are ${Object.keys(WIDGETS).join(', ')}.`,
    };
  const given = new Map(query);
  if (given.size < query.size) return bad('The address says a name twice.');
  const take = (key: string): string | undefined => {
    const value = given.get(key);
    given.delete(key);
    return value;
  };
  const [ticket, snapshot, width, part = '1'] = ['ticket', 'snapshot', 'width', 'part'].map(take);
  if (ticket !== undefined && snapshot !== undefined) return bad('ticket: a snapshot needs none.');
  const known = (attributesOf(WIDGETS[name].tag) ?? []).filter((one) => !OURS.has(one));
  for (const [key, value] of given) {
    if (!known.includes(key))
      return bad(`${key}: not an attribute of the widget. There are width, ${known.join(', ')}.`);
    if (value.length > LONGEST) return bad(`${key}: longer than ${LONGEST} characters.`);
    if (snapshot !== undefined && !LOOKS.has(key))
      return bad(`${key}: a snapshot shows what it was made of. There are ${[...LOOKS].join(', ')}.`);
  }
  const pixels = width === undefined ? undefined : Number(width);
  if (pixels !== undefined && !(Number.isInteger(pixels) && pixels >= NARROWEST && pixels <= WIDEST))
    return bad(`width: a whole number of CSS pixels from ${NARROWEST} to ${WIDEST}.`);
  if (!/^[1-9]$|^10$/.test(part)) return bad('part: a whole number from 1 to 10.');
  const locale = languageOf(given.get('locale') ?? 'en');
  if (locale === undefined) return bad('locale: a language such as en or de-AT.');
  return {
    ok: true,
    value: {
      widget: name,
      attributes: Object.fromEntries(given),
      ticket,
      snapshot,
      part: Number(part),
      locale,
      rtl: runsFromRight(locale),
      width: pixels,
    },
  };
}

function languageOf(text: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(text)[0];
  } catch {
    return undefined;
  }
}
