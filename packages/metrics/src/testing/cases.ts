import { lineCases } from './cases/lines.ts';
import { opportunityCases } from './cases/opportunities.ts';
import { trialCases } from './cases/trials.ts';
import { vectorCases } from './cases/vectors.ts';
import { viewCases } from './cases/views.ts';
import type { FunnelCase } from './expectation.ts';

export type { FunnelCase } from './expectation.ts';
export { seenBy } from './expectation.ts';

/**
 * Every funnel question worked by hand. Run each through an engine and compare
 * `seenBy(expected, statistics, plan)` with `expected`.
 * @beta
 */
export function funnelCases(): FunnelCase[] {
  return [...vectorCases(), ...lineCases(), ...opportunityCases(), ...trialCases(), ...viewCases()];
}
