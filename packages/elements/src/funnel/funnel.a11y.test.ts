import axe from 'axe-core';
import { afterEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { mount, settled } from '../testing/mount.ts';
import type { Story } from '../testing/story.ts';
import * as all from './funnel.stories.ts';

const { default: _, ...stories } = all;
const entries: [string, Story][] = Object.entries(stories);

afterEach(() => {
  document.documentElement.style.removeProperty('color-scheme');
  document.body.style.removeProperty('background');
});

describe.each(['light', 'dark'] as const)('%s', (scheme) => {
  test.each(entries)('%s has no violation', async (_name, story) => {
    document.documentElement.style.setProperty('color-scheme', scheme);
    document.body.style.setProperty('background', 'Canvas');
    using place = await mount(story);
    const { violations } = await axe.run(place.root, {
      resultTypes: ['violations'],
      rules: { region: { enabled: false } },
    });
    expect(
      violations.map(({ id, nodes }) => [id, ...nodes.map((node) => `${node.html} ${node.failureSummary}`)]),
    ).toEqual([]);
  });
});

test.each(entries)('%s is told as before', async (_name, story) => {
  using place = await mount(story);
  await expect.element(page.elementLocator(place.root)).toMatchAriaSnapshot();
});

test.each(entries)('%s as a table has no violation', async (_name, story) => {
  using place = await mount(story);
  for (const toggle of place.all('.toggle')) toggle.dispatchEvent(new MouseEvent('click'));
  await settled(place.funnel);
  expect(place.all('table:has(caption, thead th[scope="col"], tbody th[scope="row"])')).toHaveLength(
    place.all('.toggle').length,
  );
  const { violations } = await axe.run(place.root, {
    resultTypes: ['violations'],
    rules: { region: { enabled: false } },
  });
  expect(violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)])).toEqual([]);
});
