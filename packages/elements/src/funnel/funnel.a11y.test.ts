import { testAccess } from '../testing/a11y.ts';
import { SamaFunnel } from './funnel.ts';
import * as stories from './funnel.stories.ts';

testAccess(SamaFunnel, stories);
