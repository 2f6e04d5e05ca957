import type { DataSource } from '@sama/metrics/contracts';
import { html } from 'lit';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { defineAll } from '../define-all.ts';
import { healthy, noted } from '../testing/funnel-samples.ts';
import { glossaryDesk } from '../testing/glossary-desk.ts';
import { keepServed } from '../served/keep.ts';
import { settled } from '../testing/mount.ts';
import { MARKETER, queueDesk } from '../testing/queue-desk.ts';
import { silent } from '../testing/story.ts';
import { SamaFunnel } from '../funnel/funnel.ts';
import { SamaGlossary } from '../glossary/glossary.ts';
import { de } from '../locale/de/index.ts';
import { registerLocale } from '../locale/index.ts';
import type { ReactiveElement } from '../internal/reactive.ts';
import { renderTemplate, renderToString, styleSheet } from './index.ts';

defineAll();

/** The last that was read, and all of a test. */
let root: HTMLElement;
const roots: HTMLElement[] = [];
afterEach(() => {
  for (const one of roots.splice(0)) one.remove();
});

/** Reads HTML as a page does. */
function parsed(text: string): HTMLElement {
  root = document.createElement('div');
  roots.push(root);
  root.setHTMLUnsafe(text);
  document.body.append(root);
  return root;
}

const HOSTILE = [
  '</script><script>window.pwned=1</script>',
  '<!--<script>',
  '"><img src=x onerror="window.pwned=1">',
  "' onmouseover='window.pwned=1",
  '</template></style><b>',
  '&lt;b&gt; &amp;amp; &#39;',
  'a\u2028b\u2029c\nd\te',
  '\u{F0000}${alert(1)}{{x}}',
  ' אבג \u202E evil',
];

function healthySource() {
  const query = vi.fn<DataSource['query']>(async () => healthy);
  const subscribe = vi.fn<DataSource['subscribe']>(() => () => undefined);
  const source: DataSource = { query, command: async () => ({ status: 'refused' }), subscribe };
  return { query, subscribe, source };
}

describe('text', () => {
  test.each(HOSTILE)('%j is text wherever it stands', async (text) => {
    const page = parsed(
      await renderTemplate(
        html`<p title=${text} data-two="a ${text} b" .textContent=${text}></p>
          <ul>
            ${[text, html`<li>${text}</li>`]}
          </ul>
          <input .value=${text} />`,
      ),
    );
    const [p, li, input] = [page.querySelector('p'), page.querySelector('li'), page.querySelector('input')];
    expect([p?.title, p?.dataset['two'], p?.textContent, li?.textContent, input?.getAttribute('value')]).toEqual([
      text,
      `a ${text} b`,
      text,
      text,
      text,
    ]);
    expect(page.querySelectorAll('*')).toHaveLength(4);
  });

  test.each(HOSTILE)('%j comes through as data and as an attribute', async (text) => {
    const rows = [
      { stage: text, count: 40 },
      { stage: 'Won', count: 10 },
    ];
    const page = parsed(await renderToString('sama-funnel', { attributes: { label: text, title: text }, data: rows }));
    const funnel = page.querySelector('sama-funnel');
    expect(JSON.parse(funnel?.querySelector('script')?.textContent ?? '')).toEqual(rows);
    expect([funnel?.getAttribute('label'), funnel?.title]).toEqual([text, text]);
    expect(page.querySelectorAll('*')).toHaveLength(2);
    expect(funnel?.shadowRoot?.querySelectorAll('img, script, [onerror], [style]')).toHaveLength(0);
    expect(Reflect.get(window, 'pwned')).toBeUndefined();
  });

  test('what cannot be written safely is refused', async () => {
    const draw = (template: ReturnType<typeof html>) => renderTemplate(template);
    await expect(draw(html`<title>${'a'}</title>`)).rejects.toThrow('<title>');
    await expect(draw(html`<p .innerHTML=${'<b>'}></p>`)).rejects.toThrow('innerHTML');
    await expect(draw(html`<p>${{}}</p>`)).rejects.toThrow('no text');
    for (const name of ['onclick', 'style', 'x y', 'a"b', 'STYLE', 'onX'])
      await expect(renderToString('sama-funnel', { attributes: { [name]: '' } })).rejects.toThrow(name);
    await expect(renderToString('script')).rejects.toThrow('<script> is no element of Sama');
  });
});

test('the hash is that of the style sheet in the page', async () => {
  const [, style = ''] = /<style>([^]*?)<\/style>/.exec(await renderToString('sama-funnel', { data: healthy })) ?? [];
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
  expect(styleSheet('sama-funnel')).toEqual({
    text: style,
    hash: `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`,
  });
  const linked = await renderToString('sama-funnel', { data: healthy, sheets: (tag) => `/files/${tag}.css` });
  expect(linked).toContain('<template shadowrootmode="open"><link rel="stylesheet" href="/files/sama-funnel.css">');
});

test('a source is asked once, and one that takes too long is left to the browser', async () => {
  const { query, source, subscribe } = healthySource();
  const text = await renderToString('sama-funnel', { attributes: { period: '2026-Q1' }, source });
  expect(query.mock.calls.map(([asked]) => asked)).toMatchObject([{ kind: 'funnel', period: '2026-Q1' }]);
  expect(subscribe).not.toHaveBeenCalled();
  expect(text).toContain('391 of 18,400');
  expect(text).toContain('<select');
  query.mockReturnValue(new Promise(() => undefined));
  const late = await renderToString('sama-funnel', { source, signal: AbortSignal.timeout(20) });
  expect(late).toContain('class="skeleton"');
  expect(late).not.toContain('<script');
});

test('a provider speaks for the elements in it', async () => {
  const { query, source } = healthySource();
  const text = await renderTemplate(
    html`<main lang="de">
      <sama-provider .source=${source} period="2026-Q1" theme="dark"
        ><p><sama-funnel></sama-funnel></p
      ></sama-provider>
    </main>`,
  );
  expect(query.mock.calls.map(([asked]) => asked)).toMatchObject([{ period: '2026-Q1' }]);
  expect(text).toMatch(/<sama-funnel.*class="sama [^"]*\bdark\b/s);
  expect(text).toContain('18.400');
});

describe('taking over', () => {
  let sets = 0;
  /** The element as it is served, and what lets its script come. */
  function served<Of extends ReactiveElement>(text: string, of: new () => Of, width = 700) {
    const suffix = `-later-${(sets += 1)}`;
    const place = parsed('');
    place.style.width = `${width}px`;
    place.setHTMLUnsafe(text.replace(/(<\/?sama-[a-z]+)/g, `$1${suffix}`));
    const element = place.firstElementChild;
    const shadow = element?.shadowRoot;
    if (!shadow) throw new Error('nothing was served');
    keepServed(document);
    const arrive = async (): Promise<Of> => {
      defineAll({ suffix });
      if (!(element instanceof of)) throw new Error('it has not come');
      await element.updateComplete;
      return element;
    };
    return { element, shadow, arrive };
  }

  function control<Of extends Element>(shadow: ShadowRoot, selector: string, of: new () => Of): Of {
    const found = shadow.querySelector(selector);
    if (!(found instanceof of)) throw new Error(`there is no ${selector}`);
    return found;
  }

  test('happens at once, and once: what is drawn later changes what is there', async () => {
    const { shadow, arrive } = served(await renderToString('sama-funnel', { data: healthy }), SamaFunnel);
    const old = shadow.querySelector('.sama');
    expect(old).not.toBeNull();
    const funnel = await arrive();
    const frame = shadow.querySelector('.sama');
    expect(old?.isConnected).toBe(false);
    expect(shadow.querySelectorAll('.sama, style')).toHaveLength(1);
    funnel.label = 'Another';
    await settled(funnel);
    root.append(funnel);
    await settled(funnel);
    expect(shadow.querySelector('.sama')).toBe(frame);
    expect(shadow.querySelector('.title')?.textContent).toBe('Another');
  });

  test.each([300, 400, 640, 960])('moves nothing at %i pixels', async (width) => {
    const { shadow, arrive } = served(await renderToString('sama-funnel', { data: healthy, width }), SamaFunnel, width);
    const boxes = () =>
      [...shadow.querySelectorAll('.title, .finding, .row, .who, .bar, .rate b, .foot')].map((part) => {
        const { x, y, width: w, height } = part.getBoundingClientRect();
        // A name ends before its column does, which is as wide as the names where no script has measured them.
        const size = part.matches('.who') ? [] : [w, height];
        return { part: part.getAttribute('class') ?? part.localName, at: [x, y, ...size] };
      });
    const before = boxes();
    expect(before.length).toBeGreaterThan(20);
    await settled(await arrive());
    const after = boxes();
    expect(after).toHaveLength(before.length);
    const moved = after.flatMap(({ part, at }, i) => {
      const by = at.map((n, side) => Math.round(n - (before[i]?.at[side] ?? NaN)));
      return by.every((n) => Math.abs(n) <= 3) ? [] : [`${part} ${by.join()}`];
    });
    expect(moved).toEqual([]);
  });

  test('an open menu stays open, the focus where it is, and what the menu holds comes to it', async () => {
    const { shadow, arrive } = served(await renderToString('sama-funnel', { data: healthy }), SamaFunnel);
    control(shadow, '.menu', HTMLDetailsElement).open = true;
    const before = control(shadow, '.menu summary', HTMLElement);
    before.focus();
    await arrive();
    const after = control(shadow, '.menu summary', HTMLElement);
    expect(after).not.toBe(before);
    expect(control(shadow, '.menu', HTMLDetailsElement).open).toBe(true);
    expect(shadow.activeElement).toBe(after);
    await vi.waitFor(() => expect(control(shadow, '.menu button:last-of-type', HTMLElement).textContent).toBe('Print'));
    expect(control(shadow, '.menu', HTMLDetailsElement).open).toBe(true);
  });

  test('what was chosen is asked for, and what was not is left alone', async () => {
    const { source } = healthySource();
    const { element, shadow, arrive } = served(await renderToString('sama-funnel', { source }), SamaFunnel);
    const { source: later, query } = healthySource();
    Reflect.set(element, 'source', later);
    const view = [...shadow.querySelectorAll('select')].find(({ options }) => options[1]?.value === 'activity');
    if (view === undefined) throw new Error('there is no choice of a view');
    view.focus();
    view.value = 'activity';
    const funnel = await arrive();
    await settled(funnel);
    expect(funnel.view).toBe('activity');
    expect([funnel.compare, funnel.segment, funnel.period]).toEqual([undefined, undefined, undefined]);
    expect(query.mock.calls.map(([asked]) => asked)).toMatchObject([{ view: 'activity' }]);
    expect(shadow.activeElement?.ariaLabel).toBe(view.ariaLabel);
  });

  test('what was typed is still there, looked for, and the caret where it was', async () => {
    const { element, shadow, arrive } = served(
      await renderToString('sama-glossary', { source: glossaryDesk().source() }),
      SamaGlossary,
    );
    Reflect.set(element, 'source', glossaryDesk().source());
    const before = control(shadow, 'input', HTMLInputElement);
    before.focus();
    before.value = 'recycled';
    before.setSelectionRange(3, 3);
    const glossary = await arrive();
    await vi.waitFor(() => expect(shadow.querySelectorAll('.row .name').length).toBe(1));
    await settled(glossary);
    const after = control(shadow, 'input', HTMLInputElement);
    expect(after).not.toBe(before);
    expect([after.value, after.selectionStart, shadow.activeElement]).toEqual(['recycled', 3, after]);
  });
});

describe('what a browser would load later', () => {
  /** Under a tag that nobody has defined. */
  const says = (text: string, selector: string): string[] =>
    [
      ...(parsed(text.replace(/(<\/?sama-[a-z-]+)/g, '$1-unread')).firstElementChild?.shadowRoot?.querySelectorAll(
        selector,
      ) ?? []),
    ].map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());

  test('what is noted of the time stands closed in the room of its line, which opens without a script', async () => {
    const text = await renderToString('sama-funnel', { data: noted });
    const items = says(text, '.chart + details.lane li');
    expect(items).toHaveLength(6);
    expect(items[2]).toBe(
      'Feb 10, 2026 Definition changed: An MQL now needs a role and a companyBefore and after it, the numbers do not mean the same.',
    );
    const shadow = root.firstElementChild?.shadowRoot;
    const height = (): number => shadow?.querySelector('.sama')?.getBoundingClientRect().height ?? NaN;
    const lane = shadow?.querySelector('details.lane');
    const closed = height();
    lane?.remove();
    expect(Math.abs(height() - closed)).toBeLessThanOrEqual(1);
    shadow?.querySelector('.chart')?.after(lane ?? '');
    lane?.setAttribute('open', '');
    expect(height()).toBeGreaterThan(closed + 50);
    expect(says(await renderToString('sama-funnel', { data: healthy }), '.lane')).toEqual([]);
    const odd = { ...noted, annotation: [{ at: 'never', kind: '<b>', text: '<img src=x onerror="window.pwned=1">' }] };
    expect(says(await renderToString('sama-funnel', { data: odd }), '.lane')).toEqual([]);
  });

  test('why hand-offs came back is a table, with Sama’s own reasons in the language of the page', async () => {
    const served = (locale: string) =>
      renderToString('sama-handoff-queue', {
        attributes: { view: 'returned' },
        source: queueDesk().sit(MARKETER),
        locale,
      });
    const english = says(await served('en'), '.returns tbody th');
    expect(english.length).toBeGreaterThan(1);
    registerLocale('de', de);
    const german = says(await served('de'), '.returns tbody th');
    expect(german).toHaveLength(english.length);
    expect(german.filter((reason) => english.includes(reason))).toEqual([]);
    expect(says(await served('xx'), '.returns tbody th')).toEqual(english);
  });

  test('a source without an answer leaves nothing to wait for', async () => {
    const text = await renderToString('sama-handoff-queue', { source: silent, signal: AbortSignal.timeout(20) });
    expect(text).toContain('class="skeleton"');
    expect(text).not.toContain('class="returns"');
  });
});
