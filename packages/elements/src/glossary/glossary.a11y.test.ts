import { expect, test } from 'vitest';
import { testAccess, violationsIn } from '../testing/a11y.ts';
import { place, settled } from '../testing/mount.ts';
import { SamaGlossary } from './glossary.ts';
import * as stories from './glossary.stories.ts';

testAccess(SamaGlossary, stories);

test.each([360, 960])('forms, menus and the history have no violation at %i pixels', async (width) => {
  using placed = await place(SamaGlossary, stories.Proposal, { width });
  for (const details of placed.all('details')) details.setAttribute('open', '');
  placed.find('[data-deed="term.propose"]').click();
  await settled(placed.element);
  expect(placed.all('form textarea').length).toBeGreaterThan(1);
  expect(await violationsIn(placed.root)).toEqual([]);
});
