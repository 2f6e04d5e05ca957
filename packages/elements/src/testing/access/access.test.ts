import axe from 'axe-core';
import { afterEach, describe, expect, test } from 'vitest';
import { cdp, userEvent } from 'vitest/browser';
import { defineAll } from '../../define-all.ts';
import { ReactiveElement } from '../../internal/reactive.ts';
import { GUESTS } from '../hosts/guests.ts';
import { settled } from '../mount.ts';
import { silent } from '../story.ts';

/*
 * What WCAG 2.2 asks of every element alike, and no rule of axe sees: size of targets (2.5.8), spacing of text (1.4.12),
 * a focus that is seen and not covered (2.4.7, 2.4.11), and stillness for those who wish it (2.3.3).
 */
defineAll();
const drawing = Object.entries(GUESTS).filter(([, { says }]) => says !== '');

let root: HTMLElement | undefined;
afterEach(() => {
  root?.remove();
  root = undefined;
});

/** An element with something to show in a room of a width, with all that opens by itself. */
async function drawn(tag: string, width = 900): Promise<{ element: ReactiveElement; shadow: ShadowRoot }> {
  root = document.createElement('div');
  root.style.width = `${width}px`;
  document.body.append(root);
  const element = document.createElement(tag);
  if (!(element instanceof ReactiveElement)) throw new Error(`${tag} is not defined`);
  GUESTS[tag]?.fill(element);
  root.append(element);
  await settled(element);
  const shadow = element.shadowRoot;
  if (shadow === null) throw new Error(`${tag} draws nothing`);
  await expect.poll(() => shadow.textContent).toContain(GUESTS[tag]?.says);
  // A word shows its card only when it is asked.
  if (tag === 'sama-term') shadow.querySelector<HTMLElement>('.word')?.click();
  await settled(element);
  return { element, shadow };
}

const isSeen = (part: Element): boolean =>
  part.checkVisibility({ visibilityProperty: true }) && part.closest('.vh') === null;
const seen = (shadow: ShadowRoot, selector: string): Element[] => [...shadow.querySelectorAll(selector)].filter(isSeen);
const said = (part: Element): string => `${part.outerHTML.slice(0, 120)} “${part.textContent?.trim().slice(0, 40)}”`;

interface Text {
  node: Node;
  part: Element;
  text: string;
  box: DOMRect;
  /** What of it is not cut off. */
  left: DOMRect;
}

/** What is left of a box where those that hold it end. */
function within(part: Element, box: DOMRect): DOMRect {
  let { left, right, top, bottom } = box;
  for (let at: Element | null = part; at !== null; at = at.parentElement) {
    const { overflowX } = getComputedStyle(at);
    if (overflowX === 'visible') continue;
    const edge = at.getBoundingClientRect();
    [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
    [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
  }
  return new DOMRect(left, top, Math.max(right - left, 0), Math.max(bottom - top, 0));
}

/** Each line of text that is seen, with the box of its letters. */
function textsOf(shadow: ShadowRoot): Text[] {
  const walker = document.createTreeWalker(shadow, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode() !== null) {
    const part = walker.currentNode.parentElement;
    const text = (walker.currentNode.nodeValue ?? '').trim();
    if (part === null || text === '' || part.closest('style, option, .vh') !== null || !isSeen(part)) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    for (const box of range.getClientRects()) {
      const left = within(part, box);
      if (left.width > 0 && left.height > 0)
        texts.push({ node: walker.currentNode, part, text: text.slice(0, 60), box, left });
    }
  }
  return texts;
}

/** What cuts off a text that runs out of it without a way to see the rest. */
function clipperOf(part: Element, shadow: ShadowRoot): Element | undefined {
  for (let at: Element | null = part; at !== null && at.getRootNode() === shadow; at = at.parentElement) {
    const { overflowX, textOverflow } = getComputedStyle(at);
    if (textOverflow === 'ellipsis' || overflowX === 'auto' || overflowX === 'scroll') return undefined;
    if (overflowX === 'hidden' || overflowX === 'clip') return at;
  }
  return undefined;
}

/** Whether letters lie on letters: more than the blank above and below a line. */
const overlap = (one: DOMRect, other: DOMRect): boolean =>
  Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2 &&
  Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 0.4 * Math.min(one.height, other.height);

describe.each(drawing)('<%s>', (tag) => {
  test.each([900, 360])('targets at %i pixels are 24 pixels large, or as far from each other', async (width) => {
    const { shadow } = await drawn(tag, width);
    const targets = seen(
      shadow,
      'a[href], button, summary, input, select, [role="tab"], [role="button"], [data-mark]',
    ).map((target) => ({
      name: said(target),
      inText: target.closest('p') !== null && getComputedStyle(target).display === 'inline',
      box: target.getBoundingClientRect(),
    }));
    expect(targets.length).toBeGreaterThan(0);
    const small = targets.filter(({ inText, box }) => !inText && Math.min(box.width, box.height) < 24);
    const near = small.filter(({ box }) =>
      targets.some((other) => {
        if (other.box === box) return false;
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        const dx = Math.max(other.box.left - x, 0, x - other.box.right);
        const dy = Math.max(other.box.top - y, 0, y - other.box.bottom);
        return Math.hypot(dx, dy) < 12;
      }),
    );
    expect(near.map(({ name, box }) => `${name} ${box.width} × ${box.height}`)).toEqual([]);
  });

  test.each([900, 360])('text that a reader spaces out at %i pixels is neither cut nor covered', async (width) => {
    const { element, shadow } = await drawn(tag, width);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
      p { margin-block-end: 2em !important }`);
    shadow.adoptedStyleSheets.push(sheet);
    element.requestUpdate();
    await settled(element);
    const frame = shadow.querySelector('.sama');
    expect(frame?.scrollWidth ?? NaN).toBeLessThanOrEqual(frame?.clientWidth ?? 0);
    const texts = textsOf(shadow);
    expect(texts.length).toBeGreaterThan(0);
    const cut = texts.filter(({ part, box }) => {
      const holder = clipperOf(part, shadow);
      if (holder === undefined) return false;
      const { left, right } = holder.getBoundingClientRect();
      return box.left < left - 1 || box.right > right + 1;
    });
    expect(cut.map(({ part }) => said(part))).toEqual([]);
    const covered = texts.flatMap((one, i) =>
      texts
        .slice(i + 1)
        .filter((other) => one.node !== other.node && overlap(one.left, other.left))
        .map((other) => `${one.text} / ${other.text}`),
    );
    expect(covered).toEqual([]);
  });

  test('what is seen on a control is in its name', async () => {
    const { element } = await drawn(tag);
    const { violations, passes } = await axe.run(element, {
      runOnly: { type: 'rule', values: ['label-content-name-mismatch', 'button-name', 'link-name'] },
      rules: { 'label-content-name-mismatch': { enabled: true } },
    });
    expect(violations.flatMap(({ nodes }) => nodes.map(({ html }) => html))).toEqual([]);
    expect(passes.length + Number(tag === 'sama-term' || tag === 'sama-filter')).toBeGreaterThan(0);
  });

  test('each stop of Tab shows where it is, and nothing covers it', async () => {
    const { shadow } = await drawn(tag, 700);
    const before = document.createElement('button');
    root?.prepend(before);
    before.focus();
    let stops = 0;
    for (; stops < 60; stops += 1) {
      await userEvent.tab();
      const stop = shadow.activeElement;
      if (stop === null) break;
      const ring = [stop, stop.querySelector('.active') ?? stop, stop.parentElement ?? stop].some((part) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(part);
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
      });
      expect(ring, said(stop)).toBe(true);
      const box = stop.getBoundingClientRect();
      const y = Math.min(box.bottom, innerHeight) - 2;
      const over = shadow.elementFromPoint(
        box.x + box.width / 2,
        Math.max(box.top + 2, Math.min(box.y + box.height / 2, y)),
      );
      expect(
        over !== null && (stop.contains(over) || over.contains(stop)),
        `${said(stop)} under ${over && said(over)}`,
      ).toBe(true);
    }
    expect(stops).toBeGreaterThan(0);
    expect(stops, 'there is no way out by Tab').toBeLessThan(60);
  });
});

describe('for those who wish no motion', () => {
  const wish = (value: string): Promise<unknown> =>
    cdp().send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-motion', value }] });
  afterEach(() => wish(''));

  /** The others wait without motion for everybody. */
  const MOVING = new Set(['sama-funnel', 'sama-glossary', 'sama-handoff-queue', 'sama-term']);

  test.each(drawing)('<%s> stands still while it waits and when it comes', async (tag) => {
    const moving = async (value: string): Promise<number> => {
      await wish(value);
      root?.remove();
      root = document.createElement('div');
      document.body.append(root);
      const element = document.createElement(tag);
      // A term is silent until its card opens.
      if (tag === 'sama-term') GUESTS[tag]?.fill(element);
      else Object.assign(element, { source: silent });
      root.append(element);
      if (!(element instanceof ReactiveElement)) throw new Error(`${tag} is not defined`);
      await settled(element);
      if (tag === 'sama-term') element.shadowRoot?.querySelector<HTMLElement>('.word')?.click();
      await element.updateComplete;
      return element.getAnimations({ subtree: true }).length + (element.shadowRoot?.getAnimations().length ?? 0);
    };
    expect((await moving('no-preference')) > 0).toBe(MOVING.has(tag));
    expect(await moving('reduce')).toBe(0);
  });
});
