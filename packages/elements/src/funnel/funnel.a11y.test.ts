import { vi } from 'vitest';
import { testAccess } from '../testing/a11y.ts';
import { SamaFunnel } from './funnel.ts';
import * as stories from './funnel.stories.ts';

testAccess(SamaFunnel, stories, async ({ element, all }) => {
  if (element.panel) await vi.waitUntil(() => all('.panel :is(.records, .steps)').length === 1);
});
