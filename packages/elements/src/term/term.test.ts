import type { DataSource } from '@sama/metrics/contracts';
import { html } from 'lit';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import '../glossary/define.ts';
import { glossaryDesk } from '../testing/glossary-desk.ts';
import { type Place, place, settled } from '../testing/mount.ts';
import type { Story } from '../testing/story.ts';
import { SamaTerm } from './term.ts';
import * as stories from './term.stories.ts';

/** The pointer rests where no test draws anything, so that no word appears under it. */
const corner = document.createElement('div');
corner.style.cssText = 'position:fixed;inset:auto 0 0 auto;inline-size:4px;block-size:4px';
document.body.append(corner);
afterAll(() => corner.remove());
beforeEach(async () => {
  await userEvent.hover(corner);
});

const draw = (story: Story): Promise<Place<SamaTerm>> => place(SamaTerm, story);
const card = (placed: Place<SamaTerm>): string | undefined =>
  placed.shadow.querySelector('.sama')?.textContent.replace(/\s+/g, ' ').trim();

describe('a word of the text', () => {
  test('says by press what it means, from which version, and who agrees; Escape closes it', async () => {
    using placed = await draw(stories.InText);
    placed.find('.word').click();
    await settled(placed.element);
    expect(card(placed)).toMatch(/^Marketing-qualified lead \(MQL\) A lead that both.*1\.2\.0, agreed by both teams/);
    expect(placed.find('.word').getAttribute('aria-expanded')).toBe('true');
    expect(placed.find('a').getAttribute('href')).toBe('/glossary#term-mql');
    await userEvent.keyboard('{Escape}');
    await settled(placed.element);
    expect(card(placed)).toBeUndefined();
  });

  test('by keyboard alone: focus shows it, Tab goes into it, Escape leads back', async () => {
    using placed = await draw(stories.InText);
    await userEvent.tab();
    expect(placed.shadow.activeElement).toBe(placed.find('.word'));
    await vi.waitFor(() => expect(card(placed)).toContain('Marketing-qualified'));
    await userEvent.tab();
    expect(placed.shadow.activeElement).toBe(placed.find('a'));
    await userEvent.keyboard('{Escape}');
    await settled(placed.element);
    expect([card(placed), placed.shadow.activeElement]).toEqual([undefined, placed.find('.word')]);
  });

  test('what Enter has opened stays when the focus goes on, unless to another word', async () => {
    using placed = await draw(stories.Alone);
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    await settled(placed.element);
    expect(card(placed)).toContain('Marketing-qualified');
    await userEvent.tab();
    await userEvent.tab();
    // Longer than a card waits before it goes.
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(placed.shadow.activeElement).toBeNull();
    expect(card(placed)).toContain('Marketing-qualified');
  });

  test('pointed at it waits a moment, stays while the pointer is on it, and goes', async () => {
    using placed = await draw(stories.InText);
    const word = placed.find('.word');
    const entered = performance.now();
    word.dispatchEvent(new PointerEvent('pointerenter'));
    await vi.waitFor(() => expect(card(placed)).toContain('Marketing-qualified'), { interval: 10 });
    expect(performance.now() - entered).toBeGreaterThanOrEqual(100);
    word.dispatchEvent(new PointerEvent('pointerleave'));
    placed.find('.sama').dispatchEvent(new PointerEvent('pointerenter'));
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(card(placed)).toContain('Marketing-qualified');
    placed.find('.sama').dispatchEvent(new PointerEvent('pointerleave'));
    await vi.waitFor(() => expect(card(placed)).toBeUndefined());
  });

  test('one card at a time; a press outside closes it', async () => {
    using placed = await draw(stories.InText);
    const words = [...placed.root.querySelectorAll('sama-term')];
    for (const word of words) {
      word.shadowRoot?.querySelector<HTMLElement>('.word')?.click();
      await settled(word);
    }
    expect(words.map((word) => word.shadowRoot?.querySelector('.sama') !== null)).toEqual([false, false, true]);
    document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    for (const word of words) await settled(word);
    expect(words.some((word) => word.shadowRoot?.querySelector('.sama'))).toBe(false);
  });

  test('it is set in the type of the page, and its card stays within the page', async () => {
    using placed = await draw({
      render: () =>
        html`<p class="serif">
          <sama-term key="mql" .source=${glossaryDesk().source()}>MQL</sama-term>
        </p>`,
    });
    const paragraph = placed.root.querySelector('p');
    paragraph?.style.setProperty('font', 'italic 40px serif');
    paragraph?.style.setProperty('text-align', 'right');
    const { fontFamily, fontSize, fontStyle } = getComputedStyle(placed.find('.word'));
    expect([fontFamily, fontSize, fontStyle]).toEqual(['serif', '40px', 'italic']);
    placed.find('.word').click();
    await settled(placed.element);
    const { left, right, width } = placed.find('.sama').getBoundingClientRect();
    expect(left).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(document.documentElement.clientWidth);
    expect(width).toBeLessThanOrEqual(300);
  });
});

describe('where it learns of the terms', () => {
  test('nothing is asked before somebody wants to know; then once for all words', async () => {
    const source = glossaryDesk().source();
    const query = vi.fn<DataSource['query']>((question) => source.query(question));
    using placed = await draw({
      render: () =>
        html`<sama-provider .source=${{ ...source, query }}>
          ${Array.from({ length: 40 }, (_, i) => html`<sama-term key=${i % 2 ? 'mql' : 'lead'}>word ${i}</sama-term> `)}
        </sama-provider>`,
    });
    expect(query).not.toHaveBeenCalled();
    for (const word of placed.root.querySelectorAll('sama-term')) {
      word.shadowRoot?.querySelector<HTMLElement>('.word')?.click();
      const title = () => word.shadowRoot?.querySelector('.sama b')?.textContent;
      await vi.waitFor(() => expect(title()).toMatch(/lead/i), { interval: 5 });
    }
    expect(query).toHaveBeenCalledTimes(1);
  });

  test('a change of the terms is heard', async () => {
    const desk = glossaryDesk();
    using placed = await draw({
      render: () => html`<sama-term key="mql" .source=${desk.source('dana')}>MQL</sama-term>`,
    });
    placed.find('.word').click();
    await settled(placed.element);
    expect(card(placed)).toContain('2.0.0 proposed');
    await desk.source('dana').command({
      v: 1,
      commandId: 'yes',
      type: 'term.approve',
      target: 'mql',
      expectedVersion: 2,
      payload: { version: '2.0.0' },
    });
    await vi.waitFor(() => expect(card(placed)).toMatch(/2\.0\.0, agreed by both teams/));
  });

  test('without a text it is called by its name; on a page with the glossary it leads there', async () => {
    using placed = await draw({
      render: () => {
        const source = glossaryDesk().source();
        return html`<sama-term term="mql" .source=${source}></sama-term
          ><sama-glossary .source=${source}></sama-glossary>`;
      },
    });
    expect(placed.find('.word').textContent).toBe('MQL');
    placed.find('.word').click();
    await settled(placed.element);
    expect(placed.find('a').getAttribute('href')).toBe('#term-mql');
  });

  test.each([
    [stories.Unknown, 'There is no term “zebra”.'],
    [stories.Waiting, 'Looking it up…'],
    [stories.Unreachable, 'The source cannot be reached.'],
    [stories.WithoutSource, 'Nothing to show yet.'],
  ])('it says why it cannot say', async (story, text) => {
    using placed = await draw(story);
    placed.find('.word').click();
    await settled(placed.element);
    expect(card(placed)).toContain(text);
  });

  test('hostile text stays text, and leads nowhere', async () => {
    using placed = await draw(stories.HostileText);
    placed.find('.word').click();
    await settled(placed.element);
    expect(placed.all('img, script, a')).toEqual([]);
    expect(card(placed)).toContain('<script>');
  });

  test('fifty mounts leave nothing behind', async () => {
    let open = 0;
    const source: DataSource = { ...glossaryDesk().source(), subscribe: () => ((open += 1), () => (open -= 1)) };
    const heard = new Set<unknown>();
    for (const target of [document, window]) {
      vi.spyOn(target, 'addEventListener').mockImplementation((...[, listener]) => void heard.add(listener));
      vi.spyOn(target, 'removeEventListener').mockImplementation((...[, listener]) => void heard.delete(listener));
    }
    for (let i = 0; i < 50; i += 1) {
      const element = Object.assign(document.createElement('sama-term'), { source, key: 'mql' });
      document.body.append(element);
      await element.updateComplete;
      element.renderRoot.querySelector<HTMLElement>('.word')?.click();
      await element.updateComplete;
      element.remove();
    }
    expect([open, heard.size]).toEqual([0, 0]);
    vi.restoreAllMocks();
  });
});
