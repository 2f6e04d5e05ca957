import type { SideStage } from './funnel-fields.ts';

/** The states off the main line that a definition has when it names none. @public */
export const DEFAULT_SIDE_STAGES: readonly SideStage[] = [
  { key: 'returned', label: 'Returned', outcome: 'recycled', terminal: false },
  { key: 'recycled', label: 'Recycled', outcome: 'recycled', terminal: true },
  { key: 'nurture', label: 'Nurture', outcome: 'recycled', terminal: true },
  { key: 'disqualified', label: 'Disqualified', outcome: 'disqualified', terminal: true },
  { key: 'expired', label: 'Expired', outcome: 'open', terminal: false, overdue: true },
  { key: 'lost', label: 'Lost', outcome: 'lost', terminal: true },
  { key: 'churned', label: 'Churned', outcome: 'lost', terminal: true },
];
