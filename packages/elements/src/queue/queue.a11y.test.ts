import { describe, expect, test } from 'vitest';
import { testAccess, violationsIn } from '../testing/a11y.ts';
import { settled } from '../testing/mount.ts';
import { detailDrawn, open } from '../testing/queue-place.ts';
import { SamaHandoffQueue } from './handoff-queue.ts';
import * as stories from './queue.stories.ts';

const WIDTHS = { beside: 1120, over: 360 };

testAccess(SamaHandoffQueue, stories, detailDrawn);

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
    expect(await violationsIn(at.root)).toEqual([]);
  });

  test('of the returns has no violation', async () => {
    using at = await open(stories.Returns, width);
    at.find('.returns summary').click();
    expect(await violationsIn(at.root)).toEqual([]);
  });
});
