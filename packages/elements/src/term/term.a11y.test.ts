import { testAccess } from '../testing/a11y.ts';
import { settled } from '../testing/mount.ts';
import { SamaTerm } from './term.ts';
import * as stories from './term.stories.ts';

testAccess(SamaTerm, stories, async ({ element }) => {
  element.renderRoot.querySelector<HTMLElement>('.word')?.click();
  await settled(element);
  // Its colours are those of the end.
  for (const animation of element.renderRoot.getAnimations()) animation.finish();
});
