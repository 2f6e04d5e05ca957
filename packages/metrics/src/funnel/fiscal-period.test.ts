import { expect, test } from 'vitest';
import { OWNER_RIGHTS, type FiscalCalendar, type FunnelQuestion } from '../contracts/index.ts';
import { LEAD_TO_WON } from '../definitions/index.ts';
import { compareWith } from './compare.ts';
import { planFunnel } from './make-plan.ts';

// Fiscal 2024 begins on 4 February after a year of 53 weeks.
const fiscal: FiscalCalendar = {
  kind: 'weeks',
  pattern: '4-5-4',
  endMonth: 1,
  endWeekday: 6,
  endRule: 'nearest',
  namedBy: 'start',
};
const context = { rights: OWNER_RIGHTS, asOf: '2026-01-01', timeZone: 'UTC', fiscal };

test.for([
  ['previous', '2023-10-29', '2024-02-04'],
  ['previous-year', '2023-01-29', '2023-04-30'],
  [{ period: 'FY24-P12' }, '2025-01-05', '2025-02-02'],
] as const)('a fiscal quarter of weeks against %j', ([compare, from, to]) => {
  const question: FunnelQuestion = { kind: 'funnel', funnel: 'lead-to-won', period: 'FY24-Q1', compare };
  const planned = planFunnel(question, LEAD_TO_WON, context);
  expect(planned.period).toMatchObject({ from: '2024-02-04', to: '2024-05-05' });
  expect(compareWith(question, planned, context)?.period).toMatchObject({ from, to });
});
