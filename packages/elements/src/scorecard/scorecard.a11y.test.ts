import axe from 'axe-core';
import { afterEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { KpiElement } from '../kpi/base.ts';
import * as tiles from '../kpi/kpi.stories.ts';
import { type Place, place, settled } from '../testing/mount.ts';
import type { Story } from '../testing/story.ts';
import * as scorecards from './scorecard.stories.ts';

const storiesOf = (name: string, { default: _, ...stories }: Record<string, unknown> & { default: unknown }) =>
  Object.entries(stories).map(([key, story]): [string, Story] => [`${name} ${key}`, Object(story)]);
const entries = [...storiesOf('Scorecard', scorecards), ...storiesOf('KPI', tiles)];

async function mount(story: Story): Promise<Place<KpiElement>> {
  const placed = await place(KpiElement, story);
  if (placed.root.querySelector('[data-then="reload"]') !== null) {
    await placed.element.reload();
    await settled(placed.element);
  }
  return placed;
}

const violationsOf = async (root: HTMLElement): Promise<unknown[]> => {
  const { violations } = await axe.run(root, { resultTypes: ['violations'], rules: { region: { enabled: false } } });
  return violations.map(({ id, nodes }) => [id, ...nodes.map((node) => `${node.html} ${node.failureSummary}`)]);
};

afterEach(() => {
  document.documentElement.style.removeProperty('color-scheme');
  document.body.style.removeProperty('background');
});

describe.each(['light', 'dark'] as const)('%s', (scheme) => {
  test.each(entries)('%s has no violation', async (_name, story) => {
    document.documentElement.style.setProperty('color-scheme', scheme);
    document.body.style.setProperty('background', 'Canvas');
    using shown = await mount(story);
    expect(await violationsOf(shown.root)).toEqual([]);
  });
});

test.each(entries)('%s is told as before', async (_name, story) => {
  using shown = await mount(story);
  await expect.element(page.elementLocator(shown.root)).toMatchAriaSnapshot();
});

test.each(entries)('%s as a table has no violation', async (_name, story) => {
  using shown = await mount(story);
  for (const toggle of shown.all('.toggle')) toggle.dispatchEvent(new MouseEvent('click'));
  await settled(shown.element);
  expect(shown.all('table:has(caption, thead th[scope="col"], tbody th[scope="row"])')).toHaveLength(
    shown.all('.toggle').length,
  );
  expect(await violationsOf(shown.root)).toEqual([]);
});
