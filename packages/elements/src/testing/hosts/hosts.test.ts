import type { Question } from '@sama/metrics/contracts';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { commands } from 'vitest/browser';
import { defineAll } from '../../define-all.ts';
import { ELEMENTS } from '../../elements.ts';
import { ReactiveElement } from '../../internal/reactive.ts';
import { register } from '../../internal/register.ts';
import { isSource } from '../../internal/source.ts';
import { settled } from '../mount.ts';
import { misplaced } from './geometry.ts';
import { BAD_SOURCES, type Guest, GUESTS, JUNK } from './guests.ts';

declare module 'vitest/browser' {
  interface BrowserCommands {
    collectGarbage(): Promise<void>;
  }
}

defineAll();

const guests = Object.entries(GUESTS);
const drawing = guests.filter(([, { says, display }]) => says !== '' && display === undefined);
const asking = guests.filter(([, { asks }]) => asks);
const unhappy: string[] = [];
const hear = (event: ErrorEvent | PromiseRejectionEvent): void => {
  unhappy.push(String('reason' in event ? event.reason : event.message));
};
addEventListener('error', hear);
addEventListener('unhandledrejection', hear);

let root: HTMLElement | undefined;
afterEach(() => {
  root?.remove();
  root = undefined;
  document.adoptedStyleSheets = [];
  vi.restoreAllMocks();
  const errors = unhappy.splice(0);
  if (errors.length > 0) throw new Error(`the page heard of ${errors.join('; ')}`);
});

/** A place on the page. */
function room(width = 900): HTMLElement {
  root?.remove();
  root = document.createElement('div');
  root.style.width = `${width}px`;
  document.body.append(root);
  return root;
}

function made(tag: string, fill?: Guest['fill']): ReactiveElement {
  const element = document.createElement(tag);
  if (!(element instanceof ReactiveElement)) throw new Error(`${tag} is not defined`);
  fill?.(element);
  return element;
}

const textOf = ({ shadowRoot }: Element): string =>
  (shadowRoot?.querySelector('.sama, .word')?.textContent ?? '').replace(/\s+/g, ' ');
const says = (element: Element, words: string): Promise<void> =>
  vi.waitFor(() => expect(textOf(element)).toContain(words), 5000);
const partsOf = ({ shadowRoot }: Element): Element[] => [...(shadowRoot?.querySelectorAll('*') ?? [])];

test('every element is a guest here', () => {
  expect(Object.keys(GUESTS).toSorted()).toEqual(Object.keys(ELEMENTS).toSorted());
});

describe.each(guests)('<%s> comes and goes', (tag, { fill, says: words, display = 'block' }) => {
  test('made and filled before its tag is defined', async () => {
    const early = document.createElement(`${tag}-early`);
    fill(early);
    room().append(early);
    const element = ELEMENTS[tag];
    if (element === undefined) throw new Error('no class');
    register(`${tag}-early`, class extends element {});
    await says(early, words);
    expect(early).toBeInstanceOf(element);
  });

  test('moved, taken away and put back, cloned, and in another shadow root', async () => {
    const [one, other] = [document.createElement('div'), document.createElement('div')];
    room().append(one, other);
    const element = made(tag, fill);
    one.append(element);
    await says(element, words);
    other.append(element);
    await says(element, words);
    element.remove();
    await settled(element);
    one.append(element);
    await says(element, words);

    const clone = element.cloneNode(true);
    if (!(clone instanceof ReactiveElement)) throw new Error('the clone is another thing');
    fill(clone);
    other.attachShadow({ mode: 'open' }).append(clone);
    await says(clone, words);
    await settled(clone);
    expect(textOf(element)).toBe(textOf(clone));
  });

  test('hidden, and without any width, then shown', async () => {
    const place = room(0);
    place.hidden = true;
    const element = made(tag, fill);
    place.append(element);
    await settled(element);
    place.hidden = false;
    await settled(element);
    place.style.width = '800px';
    await says(element, words);
    await settled(element);
    const frame = element.shadowRoot?.querySelector('.sama');
    expect(frame?.scrollWidth ?? 0).toBeLessThanOrEqual(frame?.clientWidth ?? 0);
  });

  test('in another document, where its style sheets follow', async () => {
    const frame = document.createElement('iframe');
    frame.width = '900';
    room().append(frame);
    const element = made(tag, fill);
    root?.append(element);
    await settled(element);
    frame.contentDocument?.body.append(element);
    await says(element, words);
    expect(element.shadowRoot?.adoptedStyleSheets.length).toBeGreaterThan(0);
    expect(frame.contentWindow?.getComputedStyle(element).display).toBe(display);
    root?.append(element);
    await says(element, words);
    expect(getComputedStyle(element).display).toBe(display);
  });

  test('in a popup, where its style sheets follow', async () => {
    const popup = window.open('about:blank', '', 'width=900,height=700');
    if (popup === null) throw new Error('no popup may open');
    try {
      const element = made(tag, fill);
      popup.document.body.append(element);
      await says(element, words);
      expect(element.ownerDocument).toBe(popup.document);
      expect(element.shadowRoot?.adoptedStyleSheets.length).toBeGreaterThan(0);
      expect(popup.getComputedStyle(element).display).toBe(display);
      room().append(element);
      await says(element, words);
    } finally {
      popup.close();
    }
  });

  test('fifty times, and nothing of them stays', async () => {
    const gone: WeakRef<Element>[] = [];
    const place = room();
    for (let i = 0; i < 50; i += 1) {
      const element = made(tag, fill);
      place.append(element);
      await element.updateComplete;
      gone.push(new WeakRef(element));
      element.remove();
    }
    await vi.waitFor(
      async () => {
        await commands.collectGarbage();
        // The last ones may still stand in a frame of the test itself.
        expect(gone.filter((ref) => ref.deref() !== undefined).length).toBeLessThanOrEqual(2);
      },
      { timeout: 10_000, interval: 300 },
    );
  });

  test('where its tag is taken', () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const taken = customElements.get(tag);
    register(
      tag,
      class extends ReactiveElement {
        static readonly version = '9.9.9';
        protected override render = () => {
          throw new Error('drawn');
        };
      },
    );
    expect(customElements.get(tag)).toBe(taken);
    expect(warn.mock.calls).toHaveLength(1);
    expect(warn.mock.calls[0]?.[0]).toContain('9.9.9');
  });
});

/** Style sheets of hosts. */
const HOSTS: Record<string, string> = {
  'a reset as of Tailwind': `*, ::before, ::after { box-sizing: border-box; margin: 0; padding: 0; border: 0 solid; }
    html { line-height: 1.5; -webkit-text-size-adjust: 100%; tab-size: 4; }
    table { border-collapse: collapse; text-indent: 0; } button, input, select { font: inherit; letter-spacing: inherit; color: inherit; background-color: #0000; border-radius: 0; }
    ol, ul, menu { list-style: none; } img, svg, video, canvas { display: block; vertical-align: middle; } [hidden] { display: none !important; }`,
  'boxes of contents': '* { box-sizing: content-box; }',
  'what is inherited': `body { line-height: 2.4; letter-spacing: 3px; word-spacing: 9px; text-transform: uppercase; text-align: center;
    font-style: italic; font-weight: 800; white-space: pre; color: #c0c; text-indent: 2em; cursor: wait; }`,
  'tags of its own':
    'button { background: red; padding: 20px } table { display: block } svg { display: none } figure { margin: 40px } select { opacity: 0.2 }',
};

/** What a host's style could have changed of what is drawn. */
const looks = (element: Element) =>
  partsOf(element).map((part) => {
    const style = getComputedStyle(part);
    const names = [
      'lineHeight',
      'letterSpacing',
      'textTransform',
      'textAlign',
      'fontStyle',
      'padding',
      'borderTopWidth',
      'boxSizing',
      'display',
      'backgroundColor',
      'color',
    ] as const;
    return [part.localName, part.getAttribute('class'), ...names.map((name) => style[name])].join(' ');
  });

describe.each(drawing)('<%s> in a host', (tag, { fill, says: words }) => {
  const drawn = async (width = 900, prepare?: (place: HTMLElement) => void): Promise<ReactiveElement> => {
    const place = room(width);
    prepare?.(place);
    const element = made(tag, fill);
    place.append(element);
    await says(element, words);
    await settled(element);
    return element;
  };
  const host = (text: string): void => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
  };

  test.each(Object.entries(HOSTS))('with %s looks as anywhere', async (_, text) => {
    const plain = await drawn();
    const [before, height] = [looks(plain), plain.offsetHeight];
    host(text);
    const styled = await drawn();
    expect(looks(styled)).toEqual(before);
    expect(styled.offsetHeight).toBe(height);
  });

  test('with a root of 62.5 percent stays readable', async () => {
    host('html { font-size: 62.5%; }');
    const element = await drawn();
    const small = partsOf(element)
      .filter((part) => part.childElementCount === 0 && part.textContent?.trim() && part.getClientRects().length > 0)
      .map((part) => ({ part: part.outerHTML, size: Number.parseFloat(getComputedStyle(part).fontSize) }))
      .filter(({ size }) => size < 10.5);
    expect(small).toEqual([]);
  });

  test('that is dark and says nothing of its colour scheme keeps to its own surface', async () => {
    host('body { background: #111; color: #eee }');
    const element = await drawn();
    const frame = element.shadowRoot?.querySelector('.sama');
    const { color } = getComputedStyle(frame ?? element);
    const [, ...channels] = /(\d+), (\d+), (\d+)/.exec(color) ?? [];
    expect(Math.max(...channels.map(Number))).toBeLessThan(100);
  });

  test.each([240, 320, 480, 700])('right to left, nothing runs out of its frame at %i pixels', async (width) => {
    const element = await drawn(width, (place) => (place.dir = 'rtl'));
    const frame = element.shadowRoot?.querySelector('.sama');
    expect(frame?.scrollWidth ?? NaN).toBeLessThanOrEqual(frame?.clientWidth ?? 0);
  });

  test.each([
    ['320 pixels', 320, 16],
    ['640 pixels with text of 200 percent', 640, 32],
    ['900 pixels with text of 200 percent', 900, 32],
  ])('of %s cuts nothing off and lays nothing over another', async (_, width, size) => {
    const element = await drawn(width, (place) => (place.style.fontSize = `${size}px`));
    expect(misplaced(element)).toEqual([]);
  });

  test('that changes language and time zone while it is shown', async () => {
    const element = await drawn();
    const before = textOf(element);
    for (const [locale, timeZone] of [
      ['de', 'Asia/Tokyo'],
      ['ar-EG', 'America/New_York'],
      ['no language', 'Nowhere/At all'],
      ['', ''],
    ]) {
      Object.assign(element, { locale, timeZone });
      await settled(element);
      expect(textOf(element).length).toBeGreaterThan(5);
    }
    Object.assign(element, { locale: null, timeZone: null });
    fill(element);
    await settled(element);
    expect(textOf(element)).toBe(before);
  });
});

describe.each(asking)('<%s> is given', (tag, { odd }) => {
  test.each(JUNK.map((junk) => [junk]))('%o, and says something', async (junk) => {
    const element = made(tag, (one) => void Object.assign(one, { data: junk }));
    room().append(element);
    await settled(element);
    expect(textOf(element).trim().length).toBeGreaterThan(0);
  });

  test.each(Object.entries(odd))('%s', async (_, { data, source, says: words }) => {
    const element = made(tag, (one) => void Object.assign(one, { data, source }));
    room().append(element);
    await says(element, words);
    expect(element.shadowRoot?.querySelectorAll('img, script, iframe, [onerror]')).toHaveLength(0);
    expect(Reflect.get(window, 'pwned')).toBeUndefined();
  });

  test.each(Object.entries(BAD_SOURCES))('a source that %s', async (_, query) => {
    const source = { query, command: async () => ({ status: 'refused' }), subscribe: () => () => undefined };
    const element = made(tag, (one) => void Object.assign(one, { source }));
    room().append(element);
    await settled(element);
    expect(textOf(element).trim().length).toBeGreaterThan(0);
  });
});

describe.each(guests)('<%s> on a strict page', (tag, { file, fill, says: words, display = 'block' }) => {
  /** Opens a page that allows nothing inline, with these scripts. */
  async function open(scripts: string): Promise<{ host: Window & typeof globalThis; complaints: unknown }> {
    const frame = document.createElement('iframe');
    frame.width = frame.height = '900';
    frame.src = `/strict/host.html?scripts=${scripts}&file=${file}`;
    room().append(frame);
    await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    const host = frame.contentWindow?.window;
    if (host === undefined) throw new Error('the page has no window');
    return { host, complaints: Reflect.get(host, 'complaints') };
  }

  test.each(['classic', 'module'])('the single file as %s draws, and breaks no rule', async (script) => {
    const { host, complaints } = await open(script);
    const element = host.document.createElement(tag);
    fill(element);
    host.document.body.append(element);
    await says(element, words);
    expect(host.getComputedStyle(element).display).toBe(display);
    expect(complaints).toEqual([]);
  });

  test.each([
    ['older+newer', '0.0.9', '9.9.9'],
    ['newer+older', '9.9.9', '0.0.9'],
  ])('of two versions, %s, the first stays and both are named', async (scripts, first, second) => {
    const { host, complaints } = await open(scripts);
    expect(Reflect.get(host.customElements.get(tag) ?? {}, 'version')).toBe(first);
    expect(complaints).toContain(`<${tag}> is already defined by version ${first}; version ${second} is not used.`);
    const element = host.document.createElement(tag);
    fill(element);
    host.document.body.append(element);
    await says(element, words);
  });
});

interface Said {
  ready?: boolean;
  asked?: number;
  question?: Question;
  text?: string;
  complaints?: readonly string[];
  origin?: string;
}

describe.each(guests)('<%s> in a frame that has no origin', (tag, { file, fill, says: words }) => {
  test('draws what it is given and asks whom it is given', async () => {
    const probe = document.createElement('div');
    fill(probe);
    const given = new Map<string, unknown>(Object.entries(probe));
    const source = given.get('source');
    given.delete('source');
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.width = frame.height = '900';
    const said: Said[] = [];
    const onMessage = async ({ data, source: from }: MessageEvent<Said>): Promise<void> => {
      const inside = frame.contentWindow;
      if (from !== inside || inside === null) return;
      const attributes = probe.getAttributeNames().map((name) => [name, probe.getAttribute(name)]);
      const properties = Object.fromEntries(given);
      if (data.ready) inside.postMessage({ tag, properties, attributes, asks: isSource(source) }, '*');
      else if (data.question === undefined || !isSource(source)) said.push(data);
      else inside.postMessage({ asked: data.asked, answer: await source.query(data.question) }, '*');
    };
    addEventListener('message', onMessage);
    frame.src = `/strict/sandbox.html?scripts=classic&file=${file}`;
    room().append(frame);
    try {
      await vi.waitFor(() => expect(said.at(-1)?.text?.replace(/\s+/g, ' ')).toContain(words), 10_000);
      expect(said.at(-1)).toMatchObject({ origin: 'null', complaints: [] });
    } finally {
      removeEventListener('message', onMessage);
    }
  });
});
