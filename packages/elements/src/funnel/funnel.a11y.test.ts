import { expect, vi } from 'vitest';
import { testAccess } from '../testing/a11y.ts';
import { SamaFunnel } from './funnel.ts';
import * as stories from './funnel.stories.ts';

testAccess(SamaFunnel, stories, async ({ element, all }) => {
  if (element.panel) await vi.waitFor(() => expect(all('.panel .records')).toHaveLength(1));
});
