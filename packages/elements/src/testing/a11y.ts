import axe from 'axe-core';
import { afterEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { ReactiveElement } from '../internal/reactive.ts';
import { place } from './mount.ts';
import type { Story } from './story.ts';

/** What axe finds in a part of the page, with the element and why. */
export async function violationsIn(root: Element): Promise<unknown[]> {
  const { violations } = await axe.run(root, { resultTypes: ['violations'], rules: { region: { enabled: false } } });
  return violations.map(({ id, nodes }) => [id, ...nodes.map((node) => `${node.html} ${node.failureSummary}`)]);
}

/** Each story in light and dark without a violation, and told to those who hear it as before. */
export function testAccess<E extends ReactiveElement>(
  kind: (abstract new () => E) & { name: string },
  all: Record<string, unknown> & { default: unknown },
  act: (element: E) => void | Promise<void> = () => undefined,
): void {
  const stories: [string, Story][] = Object.entries(all).flatMap(([name, story]) =>
    name !== 'default' && isStory(story) ? [[name, story]] : [],
  );
  afterEach(() => {
    document.documentElement.style.removeProperty('color-scheme');
    document.body.style.removeProperty('background');
  });

  describe.each(['light', 'dark'] as const)('%s', (scheme) => {
    test.each(stories)('%s has no violation', async (_name, story) => {
      document.documentElement.style.setProperty('color-scheme', scheme);
      document.body.style.setProperty('background', 'Canvas');
      document.body.style.setProperty('color', 'CanvasText');
      using placed = await place(kind, story);
      await act(placed.element);
      expect(await violationsIn(placed.root)).toEqual([]);
    });
  });

  test.each(stories)('%s is told as before', async (_name, story) => {
    using placed = await place(kind, story);
    await act(placed.element);
    await expect.element(page.elementLocator(placed.root)).toMatchAriaSnapshot();
  });
}

const isStory = (value: unknown): value is Story => typeof value === 'object' && value !== null && 'render' in value;
