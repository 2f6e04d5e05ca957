import { testAccess } from '../testing/a11y.ts';
import { SamaFilter } from './filter.ts';
import * as stories from './filter.stories.ts';

testAccess(SamaFilter, stories);
