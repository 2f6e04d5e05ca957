import axe from 'axe-core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { settled } from '../testing/mount.ts';
import { open } from '../testing/queue-place.ts';
import type { Story } from '../testing/story.ts';
import type { SamaHandoffQueue } from './handoff-queue.ts';
import * as all from './queue.stories.ts';

const { default: _, ...stories } = all;
const entries: [string, Story][] = Object.entries(stories);
const WIDTHS = { beside: 1120, over: 360 };

afterEach(() => {
  document.documentElement.style.removeProperty('color-scheme');
  document.body.style.removeProperty('background');
});

async function violations(root: HTMLElement): Promise<unknown[]> {
  const found = await axe.run(root, { resultTypes: ['violations'], rules: { region: { enabled: false } } });
  return found.violations.map(({ id, nodes }) => [id, ...nodes.map((node) => `${node.html} ${node.failureSummary}`)]);
}

describe.each(['light', 'dark'] as const)('%s', (scheme) => {
  test.each(entries)('%s has no violation', async (_name, story) => {
    document.documentElement.style.setProperty('color-scheme', scheme);
    document.body.style.setProperty('background', 'Canvas');
    using at = await open(story, WIDTHS.beside);
    expect(await violations(at.root)).toEqual([]);
  });
});

test.each(entries)('%s is told as before', async (_name, story) => {
  using at = await open(story, WIDTHS.beside);
  await vi.waitFor(() => expect(at.all('.detail').length).toBe(at.all('.detail dl').length));
  await expect.element(page.elementLocator(at.root)).toMatchAriaSnapshot();
});

describe.each(Object.entries(WIDTHS))('what opens, %s', (_where, width) => {
  const press = async (at: { find: (selector: string) => HTMLElement; element: SamaHandoffQueue }, key: string) => {
    const list = at.find('.leads');
    list.focus();
    list.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
    await settled(at.element);
  };

  test.each(['r', 'c', 'x', 'n', 'f', '?', ' ', 'a'])('by %s has no violation', async (key) => {
    using at = await open(stories.Mine, width);
    await press(at, key);
    expect(await violations(at.root)).toEqual([]);
  });

  test('of the returns has no violation', async () => {
    using at = await open(stories.Returns, width);
    at.find('.returns summary').click();
    expect(await violations(at.root)).toEqual([]);
  });
});
