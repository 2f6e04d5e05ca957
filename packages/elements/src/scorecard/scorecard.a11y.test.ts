import { describe } from 'vitest';
import { KpiElement } from '../kpi/base.ts';
import * as tiles from '../kpi/kpi.stories.ts';
import { testAccess } from '../testing/a11y.ts';
import * as scorecards from './scorecard.stories.ts';

describe('Scorecard', () => {
  testAccess(KpiElement, scorecards);
});
describe('KPI', () => {
  testAccess(KpiElement, tiles);
});
