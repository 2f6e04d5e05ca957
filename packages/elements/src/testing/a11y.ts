import axe from 'axe-core';
import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { ReactiveElement } from '../internal/reactive.ts';
import { type Place, place } from './mount.ts';
import type { Story } from './story.ts';

/** What axe finds in a part of the page, with the element and why; only about colours, where nothing else changed. */
export async function violationsIn(root: Element, only: 'all' | 'colours' = 'all'): Promise<unknown[]> {
  const { violations } = await axe.run(root, {
    resultTypes: ['violations'],
    rules: { region: { enabled: false } },
    ...(only === 'colours' ? { runOnly: ['color-contrast', 'link-in-text-block'] } : {}),
  });
  return violations.map(({ id, nodes }) => [id, ...nodes.map((node) => `${node.html} ${node.failureSummary}`)]);
}

/**
 * Each story is told to those who hear it as before, and has no violation: in light, in dark, and,
 * where it has charts, with each of them as a table.
 */
export function testAccess<E extends ReactiveElement>(
  kind: (abstract new () => E) & { name: string },
  all: Record<string, unknown> & { default: unknown },
  act: (placed: Place<E>) => void | Promise<void> = () => undefined,
): void {
  const stories: [string, Story][] = Object.entries(all).flatMap(([name, story]) =>
    name !== 'default' && isStory(story) ? [[name, story]] : [],
  );
  const { style } = document.documentElement;
  afterEach(() => {
    document.documentElement.removeAttribute('style');
    document.body.removeAttribute('style');
  });

  test.each(stories)('%s is told as before', async (_name, story) => {
    style.setProperty('color-scheme', 'light');
    document.body.style.setProperty('background', 'Canvas');
    document.body.style.setProperty('color', 'CanvasText');
    using placed = await place(kind, story);
    await act(placed);
    await expect.element(page.elementLocator(placed.root)).toMatchAriaSnapshot();
    expect(await violationsIn(placed.root)).toEqual([]);

    style.setProperty('color-scheme', 'dark');
    for (const animation of placed.shadow.getAnimations())
      if (Number.isFinite(animation.effect?.getComputedTiming().endTime)) animation.finish();
    expect(await violationsIn(placed.root, 'colours')).toEqual([]);

    const toggles = placed.all('.toggle');
    if (toggles.length === 0) return;
    for (const toggle of toggles) toggle.dispatchEvent(new MouseEvent('click'));
    await vi.waitFor(() => expect(placed.all('.scroll').length).toBeGreaterThanOrEqual(toggles.length));
    const tables = placed
      .all('table:has(caption, thead th[scope="col"], tbody th[scope="row"])')
      .filter((table) => table.closest('.panel, .scroll .scroll') === null);
    expect(tables).toHaveLength(toggles.length);
    expect(await violationsIn(placed.root)).toEqual([]);
  });
}

const isStory = (value: unknown): value is Story => typeof value === 'object' && value !== null && 'render' in value;
