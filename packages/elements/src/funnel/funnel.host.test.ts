import type { DataSource } from '@sama/metrics/contracts';
import { html } from 'lit';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { commands } from 'vitest/browser';
import { register } from '../internal/register.ts';
import { defineAll } from '../define-all.ts';
import { healthy, maturing } from '../testing/funnel-samples.ts';
import { mount, settled } from '../testing/mount.ts';
import { sourceOf, withData } from '../testing/story.ts';
import './define.ts';
import { SamaFunnel } from './funnel.ts';

declare module 'vitest/browser' {
  interface BrowserCommands {
    inNode(script: string): Promise<string>;
  }
}

afterEach(() => vi.restoreAllMocks());

/** Those that somebody stands for. */
const SEGMENTS = 'rect.seg:not([width="0%"])';

describe('a strict page', () => {
  /** Opens the page of the strict host with these scripts, and gives its document once the widgets have drawn. */
  async function open(scripts: string) {
    const frame = document.createElement('iframe');
    frame.width = '900';
    frame.height = '900';
    frame.src = `/strict/host.html?scripts=${scripts}`;
    document.body.append(frame);
    await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    const host = frame.contentWindow;
    const shadow = (id: string) => host?.document.getElementById(id)?.shadowRoot;
    await vi.waitFor(() => expect(shadow('script')?.querySelectorAll(SEGMENTS).length).toBe(2));
    const complaints: unknown = Reflect.get(host ?? {}, 'complaints');
    return { shadow, complaints, [Symbol.dispose]: () => frame.remove() };
  }

  test.each(['classic', 'module'])('%s: the single file draws, and breaks no rule', async (script) => {
    using host = await open(script);
    expect(host.complaints).toEqual([]);
    const widths = ['table', 'script'].map((id) =>
      [...(host.shadow(id)?.querySelectorAll(SEGMENTS) ?? [])].map((bar) =>
        Math.round(bar.getBoundingClientRect().width),
      ),
    );
    expect(widths[0]?.[0]).toBeGreaterThan(200);
    expect((widths[1]?.[0] ?? 0) / (widths[1]?.[1] ?? 1)).toBeCloseTo(4, 1);
    expect(host.shadow('table')?.querySelector('.sama')?.getAttribute('style')).toBeNull();
  });

  test('a second copy warns with both versions and breaks nothing', async () => {
    using host = await open('classic+module');
    expect(host.complaints).toEqual([
      `<sama-funnel> is already defined by version ${SamaFunnel.version}; version ${SamaFunnel.version} is not used.`,
    ]);
  });
});

describe('registration', () => {
  test('never throws: a taken tag and a wrong tag are warned of', () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const other = class extends HTMLElement {
      static version = '9.9.9';
    };
    register('sama-funnel', other);
    register('not a tag', class extends other {});
    expect(warn.mock.calls[0]?.[0]).toContain(`version ${SamaFunnel.version}; version 9.9.9`);
    expect(warn).toHaveBeenCalledTimes(2);
    expect(customElements.get('sama-funnel')).toBe(SamaFunnel);
  });

  test('a suffix gives a second set of tags', () => {
    defineAll();
    defineAll({ suffix: '-other' });
    expect(document.createElement('sama-funnel-other')).toBeInstanceOf(SamaFunnel);
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    defineAll({ suffix: '-other' });
    expect(warn).not.toHaveBeenCalled();
  });

  test('a closed set keeps its shadow trees to itself, works, and can be moved', async () => {
    defineAll({ suffix: '-closed', shadow: 'closed' });
    const closed = document.createElement('sama-funnel-closed');
    if (!(closed instanceof SamaFunnel)) throw new Error('the set has no funnel');
    closed.data = healthy;
    document.body.append(closed);
    await settled(closed);
    const height = closed.offsetHeight;
    document.body.prepend(closed);
    await settled(closed);
    expect(closed.shadowRoot).toBeNull();
    expect(closed.offsetHeight).toBe(height);
    expect(height).toBeGreaterThan(200);
    expect(await closed.toSVG()).toContain('18,400');
    expect(SamaFunnel.shadow).toBe('open');
    closed.remove();
  });
});

describe('coming and going', () => {
  /** Counts what is begun and not ended. */
  function watched() {
    let [asked, listening] = [0, 0];
    const signals: (AbortSignal | undefined)[] = [];
    const source: DataSource = {
      query: (_, options) => {
        asked += 1;
        signals.push(options?.signal);
        return new Promise(() => undefined);
      },
      command: async () => ({ status: 'refused' }),
      subscribe: () => {
        listening += 1;
        return () => (listening -= 1);
      },
    };
    return {
      source,
      asked: () => asked,
      listening: () => listening,
      open: () => signals.filter((signal) => signal?.aborted === false).length,
    };
  }

  test('fifty mounts leave no request, timer, listener or observer behind', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    const observers = [vi.spyOn(ResizeObserver.prototype, 'observe'), vi.spyOn(MutationObserver.prototype, 'observe')];
    const ended = [
      vi.spyOn(ResizeObserver.prototype, 'disconnect'),
      vi.spyOn(MutationObserver.prototype, 'disconnect'),
    ];
    const heard = new Set<unknown>();
    for (const target of [document, window]) {
      vi.spyOn(target, 'addEventListener').mockImplementation((...[, listener]) => void heard.add(listener));
      vi.spyOn(target, 'removeEventListener').mockImplementation((...[, listener]) => void heard.delete(listener));
    }
    const { source, asked, listening, open } = watched();
    for (let i = 0; i < 50; i += 1) {
      const element = Object.assign(document.createElement('sama-funnel'), { source });
      document.body.append(element);
      await element.updateComplete;
      // It asks in the task after.
      await scheduler.postTask(() => undefined);
      element.remove();
    }
    expect(asked()).toBe(50);
    expect([open(), listening(), vi.getTimerCount()]).toEqual([0, 0, 0]);
    expect(ended.map((spy) => spy.mock.calls.length)).toEqual(observers.map((spy) => spy.mock.calls.length));
    expect([...heard]).toEqual([]);
    vi.useRealTimers();
  });

  test('taken away and put back it asks again, and keeps what it showed', async () => {
    let answers = 0;
    const source: DataSource = {
      query: async () => {
        answers += 1;
        return answers === 1 ? healthy : maturing;
      },
      command: async () => ({ status: 'refused' }),
      subscribe: () => () => undefined,
    };
    using place = await mount({ render: () => html`<sama-funnel .source=${source}></sama-funnel>` });
    place.funnel.remove();
    place.root.append(place.funnel);
    expect(place.text()).toContain('391 of 18,400');
    await settled(place.funnel);
    expect(answers).toBe(2);
    expect(place.text()).toContain('so far');
  });

  test('hidden when it comes, right when it is shown', async () => {
    using place = await mount({ render: () => html`<div hidden><sama-funnel .data=${maturing}></sama-funnel></div>` });
    expect(place.all(SEGMENTS).length).toBeGreaterThan(10);
    place.root.querySelector('[hidden]')?.removeAttribute('hidden');
    await vi.waitFor(() => expect(place.all('text.inside')).toHaveLength(3));
    expect(place.all('.row:has(.beside)')).toHaveLength(5);
  });
});

describe('in a host with its own style', () => {
  const sheet = new CSSStyleSheet();
  afterEach(() => {
    document.adoptedStyleSheets = [];
  });
  const looks = (place: Awaited<ReturnType<typeof mount>>) =>
    ['.title', '.name', '.count, .amount', '.hit', '.controls', '.foot']
      .flatMap((selector) => place.all(selector).slice(0, 1))
      .map((part) => {
        const {
          lineHeight,
          letterSpacing,
          textTransform,
          textAlign,
          fontStyle,
          padding,
          borderTopWidth,
          backgroundColor,
          color,
        } = getComputedStyle(part);
        return {
          lineHeight,
          letterSpacing,
          textTransform,
          textAlign,
          fontStyle,
          padding,
          borderTopWidth,
          backgroundColor,
          color,
        };
      });

  test('resets and inherited styles of the page change nothing', async () => {
    using plain = await mount({ render: withData(healthy) });
    const before = looks(plain);
    sheet.replaceSync(`
      * { box-sizing: content-box; margin: 0; padding: 0; border: 0; line-height: 3; }
      body { line-height: 2.4; letter-spacing: 3px; word-spacing: 9px; text-transform: uppercase; text-align: center;
             font-style: italic; font-weight: 800; white-space: pre; color: #c0c; text-indent: 2em; cursor: wait; }
      button { background: red; padding: 20px; } table { display: block; } svg { display: none; }
    `);
    document.adoptedStyleSheets = [sheet];
    using styled = await mount({ render: withData(healthy) });
    expect(looks(styled)).toEqual(before);
    expect(styled.funnel.offsetHeight).toBe(plain.funnel.offsetHeight);
  });

  test('a root of 62.5 percent stays readable, and 200 percent of text reflows', async () => {
    sheet.replaceSync('html { font-size: 62.5%; }');
    document.adoptedStyleSheets = [sheet];
    using small = await mount({ render: withData(healthy) });
    const smallest = Math.min(
      ...small.all('span, p, b, text').map((part) => Number.parseFloat(getComputedStyle(part).fontSize)),
    );
    expect(smallest).toBeGreaterThan(11);

    sheet.replaceSync('html { font-size: 200%; }');
    using large = await mount({ render: withData(maturing) }, { width: 640 });
    expect(Number.parseFloat(getComputedStyle(large.find('.title')).fontSize)).toBeCloseTo(28, 0);
    expect(large.find('.sama').scrollWidth).toBeLessThanOrEqual(large.find('.sama').clientWidth);
  });

  test.each([320, 360, 480, 700, 960])('nothing runs out of its frame at %i pixels', async (width) => {
    using place = await mount({ render: withData(maturing) }, { width });
    const frame = place.find('.sama');
    expect(frame.scrollWidth).toBeLessThanOrEqual(frame.clientWidth);
    const edge = frame.getBoundingClientRect();
    for (const part of place.all('.row > *, .seam > *, .foot > *, .top > *')) {
      const { left, right } = part.getBoundingClientRect();
      expect(left).toBeGreaterThanOrEqual(edge.left);
      expect(right).toBeLessThanOrEqual(edge.right);
    }
  });

  test.each([960, 600])('heads stand over their columns at %i pixels', async (width) => {
    using place = await mount({ render: withData(maturing) }, { width });
    const right = (part: Element) => Math.round(part.getBoundingClientRect().right);
    const heads = place.all('.head > :not(.who, .legend)').map(right);
    const cells = [...(place.all('.row')[1]?.querySelectorAll('.amount, .rate, .all, .time') ?? [])].map(right);
    expect(heads.length).toBeGreaterThan(1);
    expect(heads).toEqual(cells);
  });

  test('right-to-left mirrors the bars', async () => {
    using place = await mount({
      render: () => html`<div dir="rtl"><sama-funnel .data=${healthy}></sama-funnel></div>`,
    });
    const bar = place.all('.bar')[1]?.getBoundingClientRect();
    const first = place.all('.bar')[1]?.querySelector('.advanced')?.getBoundingClientRect();
    expect(Math.abs((bar?.right ?? 0) - (first?.right ?? 9))).toBeLessThan(2);
    const [count, name] = [place.all('.row .amount')[0], place.all('.row .name')[0]].map((part) =>
      part?.getBoundingClientRect(),
    );
    expect(name?.left ?? 0).toBeGreaterThan(count?.right ?? Infinity);
  });

  test('English words on a page in Persian run as English does, from the right', async () => {
    using place = await mount({
      render: () =>
        html`<div dir="rtl" lang="fa">
          <sama-funnel .source=${sourceOf(maturing)} compare="previous"></sama-funnel>
        </div>`,
    });
    const left = (part: Element | null | undefined) => part?.getBoundingClientRect().left ?? NaN;
    const rate = place.all('.delta:not(:empty)')[0]?.parentElement;
    expect(left(rate?.querySelector('.delta'))).toBeLessThan(left(rate?.querySelector('b')));
    const finding = place.find('.finding');
    expect(getComputedStyle(finding)).toMatchObject({ direction: 'ltr', textAlign: 'right' });
    expect(getComputedStyle(place.all('.rate small')[0] ?? finding)).toMatchObject({ direction: 'ltr' });
    expect(place.find('.foot').textContent).toContain('Jun 16, 2026');
    expect(await place.funnel.toSVG()).toContain('direction="ltr" text-anchor="end"');
    const [beside, bar] = [place.all('.beside')[0], place.all('.row .advanced')[1]];
    expect(beside?.getBoundingClientRect().right).toBeLessThan(left(bar));
  });

  test('the accent of the page gives its hue, not its lightness', async () => {
    const fillOf = async (accent: string) => {
      using place = await mount({ render: withData(healthy) });
      place.root.style.setProperty('--sama-accent', accent);
      return getComputedStyle(place.all('.row .advanced')[0] ?? place.funnel).fill;
    };
    const [green, pale] = [await fillOf('#0a7a3f'), await fillOf('#bff5d5')];
    expect(green).toMatch(/^oklch\(0\.47 /);
    expect(pale).toMatch(/^oklch\(0\.47 /);
    expect(green).not.toBe(await fillOf('#c01050'));
  });

  test('the theme follows the page, unless the attribute says otherwise', async () => {
    const surface = async (scheme: string, theme: 'light' | 'dark' | 'auto') => {
      using place = await mount({ render: () => html`<sama-funnel theme=${theme} .data=${healthy}></sama-funnel>` });
      place.root.style.setProperty('color-scheme', scheme);
      return getComputedStyle(place.find('.sama')).backgroundColor;
    };
    const [light, dark] = [await surface('light', 'auto'), await surface('dark', 'auto')];
    expect(light).toBe('rgb(255, 255, 255)');
    expect(dark).not.toBe(light);
    expect(await surface('light', 'dark')).toBe(dark);
    expect(await surface('dark', 'light')).toBe(light);
  });
});

describe('the package', () => {
  test('a class that is imported and not used adds nothing to a page', async () => {
    expect(await commands.inNode('tree-shaking.mjs')).toBe('0\n');
  });

  test('single files keep the spaces between words, and no others', async () => {
    expect((await commands.inNode('tight.mjs')).trim()).toBe(
      '<p><b>${name}</b> ${sentence}\n      ${marked} <small>${note}</small></p><ul><li></li>${rest}</ul>',
    );
  });

  test('every module imports where there is no window', async () => {
    const { window: seen, exports, made } = JSON.parse(await commands.inNode('import-in-node.mjs'));
    expect(seen).toBe('undefined');
    const { '@sama/elements': all, '@sama/elements/ssr': served, ...others } = exports;
    expect(served).toEqual([
      'attributesOf',
      'renderPicture',
      'renderTemplate',
      'renderToString',
      'runsFromRight',
      'styleSheet',
    ]);
    const isLocale = ([path]: [string, string[]]) => path.includes('/locale/');
    const named: [string, string[]][] = Object.entries(others);
    const locales = named.filter(isLocale);
    const parts = Object.fromEntries(named.filter((one) => !isLocale(one)));
    const classes = all.filter((name: string) => name.startsWith('Sama'));
    expect(all).toEqual([...classes, 'defineAll', 'registerLocale']);
    expect(made).toEqual([...classes, ...classes].map(() => true));
    // Each class has its own module, and one beside it that defines its tag.
    const [tags, modules] = [true, false].map((tag) =>
      Object.keys(parts).filter((path) => path.endsWith('/define') === tag),
    );
    expect(tags).toEqual(modules?.map((path) => `${path}/define`));
    expect(tags?.flatMap((path) => parts[path])).toEqual([]);
    expect(Object.values(parts).flat().toSorted()).toEqual(classes);
    // So has each language, by its tag.
    expect(locales.map(([path, names]) => [path.replace('@sama/elements/locale/', ''), names])).toEqual(
      ['ar', 'de', 'es', 'ja'].flatMap((tag) => [
        [tag, [tag]],
        [`${tag}/define`, []],
      ]),
    );
  });
});
