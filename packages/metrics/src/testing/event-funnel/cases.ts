import type { EventFunnelCase } from './case.ts';
import { clickhouseCases } from './cases/clickhouse.ts';
import { metricflowCases } from './cases/metricflow.ts';
import { otherCases } from './cases/others.ts';
import { posthogCases } from './cases/posthog.ts';

export { eventContextOf, seenInEvents, type EventExpectation, type EventFunnelCase } from './case.ts';

/**
 * Every question to a funnel of events that other products have an answer to. Ask an engine each
 * with `eventContextOf(case)` and compare `seenInEvents(expected, answer)` with `expected`.
 * @beta
 */
export const eventFunnelCases = (): EventFunnelCase[] => [
  ...posthogCases(),
  ...metricflowCases(),
  ...clickhouseCases(),
  ...otherCases(),
];
