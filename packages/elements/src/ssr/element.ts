import type { DataSource, Question } from '@sama/metrics/contracts';
import { type AnyElement, ELEMENTS, type ElementClass } from '../elements.ts';
import { isFile, isSource } from '../internal/source.ts';
import { estimatedWidth } from '../internal/estimate.ts';
import { escapeJson } from './escape.ts';
import { loadLater } from './later.ts';

/** CSS pixels of the type of a page that says nothing else. */
const TYPE_SIZE = 16;

/** What holds at a place of a page. */
export interface Surroundings {
  /** The nearest `lang`; empty without one. */
  lang: string;
  /** Whether text runs from the right. */
  rtl: boolean;
  /** CSS pixels an element has. */
  width: number;
  /** What a provider around says. */
  settings: Readonly<Record<string, string>>;
  source: DataSource | undefined;
  /** Ends the waiting for answers. */
  signal: AbortSignal | undefined;
}

/** An element as it is served. */
export interface Served {
  element: AnyElement;
  of: ElementClass;
  /** Its data as the text of a JSON script; empty when there is none. */
  script: string;
  /** After it was drawn: ends what it has begun. */
  end: () => void;
}

/** Stands for a source that a server has asked already: nobody asks it again while drawing. */
const asked: DataSource = {
  query: () => new Promise(() => undefined),
  command: async () => ({ status: 'refused' }),
  subscribe: () => () => undefined,
};

const classes = new Map<string, ElementClass>(Object.entries(ELEMENTS));

/** The class of a tag of Sama's. */
export const classOf = (tag: string): ElementClass | undefined => classes.get(tag);

/** Where there is no page, an element is given as much of one as it looks at while it draws. */
function pageless(of: ElementClass, lang: string, script: () => string): AnyElement {
  // Makes the accessors, as a browser does when a tag is defined.
  void of.observedAttributes;
  const element = new of();
  const nearest = lang === '' ? null : { getAttribute: () => lang };
  const page = {
    isConnected: true,
    ownerDocument: { readyState: 'complete' },
    closest: () => nearest,
    querySelector: (selector: string) =>
      selector.includes('script') && script() !== '' ? { textContent: script() } : null,
    querySelectorAll: () => [],
    dispatchEvent: () => true,
    requestUpdate: () => undefined,
    textWidth: (text: string, size: number, weight = 400) => estimatedWidth(text, weight) * size,
  };
  for (const [name, value] of Object.entries(page)) Object.defineProperty(element, name, { value });
  return element;
}

/** Whether an element asks a question. */
const asks = (element: AnyElement): element is AnyElement & { question: Question } => 'question' in element;

/**
 * Makes an element from attributes and properties, and asks its source once. What the source says
 * travels with the element, so that nobody asks for it again.
 */
export async function serve(
  of: ElementClass,
  attributes: ReadonlyMap<string, string>,
  properties: ReadonlyMap<string, unknown>,
  place: Surroundings,
): Promise<Served> {
  const served: Served = {
    element: pageless(of, attributes.get('lang') ?? place.lang, () => served.script),
    of,
    script: '',
    end: () => undefined,
  };
  const { element } = served;
  for (const [key, { attribute = key.toLowerCase() }] of Object.entries(of.properties)) {
    const said = attribute === false ? undefined : attributes.get(attribute);
    const value = properties.get(key) ?? said ?? place.settings[key];
    if (value !== undefined) Reflect.set(element, key, value);
  }
  const dir = attributes.get('dir');
  Reflect.set(element, 'rtl', dir === undefined ? place.rtl : dir === 'rtl');
  if (!('data' in of.properties)) return served;
  Reflect.set(element, 'width', place.width);
  Reflect.set(element, 'size', TYPE_SIZE);
  const data: unknown = Reflect.get(element, 'data') ?? undefined;
  const own: unknown = Reflect.get(element, 'source') ?? undefined;
  const src: unknown = Reflect.get(element, 'src') ?? undefined;
  const source = isSource(own) ? own : src === undefined ? place.source : undefined;
  Reflect.set(element, 'data', undefined);
  const answer = data ?? (source === undefined ? undefined : await firstAnswer(source, element, place.signal));
  if (answer !== undefined) served.script = escapeJson(answer);
  // A file is left to be opened, which does not read it yet: it takes no further questions, and a reader must see that.
  const opens = typeof src === 'string' && isFile(src) && answer !== undefined;
  if (source !== undefined || (src !== undefined && !opens)) Reflect.set(element, 'source', asked);
  served.end = () => {
    // Without an address too, or it would open one and ask there.
    for (const key of ['source', 'src']) Reflect.set(element, key, undefined);
    served.script = '';
    element.toTemplate();
  };
  // One that asks by itself hears of the answer in a moment, and one that waits says then what for.
  if (answer === undefined || !asks(element)) {
    element.toTemplate();
    await new Promise((resolve) => setTimeout(resolve));
  }
  await loadLater(element);
  return served;
}

/** What a source says first, unless it takes longer than the page can wait: then the browser asks. */
async function firstAnswer(source: DataSource, element: AnyElement, signal: AbortSignal | undefined): Promise<unknown> {
  const over = new Promise<undefined>((resolve) => {
    if (signal?.aborted) resolve(undefined);
    signal?.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const questions = asks(element) ? [element.question] : questionsOf(element);
  const options = signal === undefined ? {} : { signal };
  const answers = await Promise.race([Promise.all(questions.map((one) => source.query(one, options))), over]);
  if (answers === undefined || answers.some(({ status }) => status === 'pending')) return undefined;
  return answers.length > 1 ? answers : answers[0];
}

/** The questions an element asks at first, when it has no one of its own: it is given somebody to ask. */
function questionsOf(element: AnyElement): readonly Question[] {
  const questions: Question[] = [];
  const query: DataSource['query'] = (question) => {
    questions.push(question);
    return new Promise(() => undefined);
  };
  Reflect.set(element, 'source', { ...asked, query });
  element.toTemplate();
  Reflect.set(element, 'source', undefined);
  element.toTemplate();
  return questions;
}
