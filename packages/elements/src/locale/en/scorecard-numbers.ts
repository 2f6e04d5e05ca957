import type { TrendStep } from '@sama/metrics/contracts';
import { handOut } from './hand-out.ts';

const steps: Record<TrendStep, string> = { day: 'Day', week: 'Week', month: 'Month', quarter: 'Quarter', year: 'Year' };

/** English words of what a scorecard loads when it is wanted: the heads of its table. */
export const scorecardNumbers = {
  ...handOut,
  value: 'Value',
  interval: '95% interval',
  due: 'Due by now',
  targetHead: 'Target',
  statusHead: 'Status',
  before: 'Before',
  restsOn: 'Rests on',
  definitionHead: 'Definition',
  steps,
  stepCut: (step: string) => `${step} (not whole)`,
};
