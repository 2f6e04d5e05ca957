import type { Definition, FunnelDefinition, SideStage } from '../contracts/index.ts';

/** The states off the main line that a definition has when it names none. */
export const DEFAULT_SIDE_STAGES: readonly SideStage[] = [
  { key: 'returned', label: 'Returned', outcome: 'recycled', terminal: false },
  { key: 'recycled', label: 'Recycled', outcome: 'recycled', terminal: true },
  { key: 'nurture', label: 'Nurture', outcome: 'recycled', terminal: true },
  { key: 'disqualified', label: 'Disqualified', outcome: 'disqualified', terminal: true },
  { key: 'expired', label: 'Expired', outcome: 'open', terminal: false, overdue: true },
  { key: 'lost', label: 'Lost', outcome: 'lost', terminal: true },
  { key: 'churned', label: 'Churned', outcome: 'lost', terminal: true },
];

/** The funnel from lead to won as most companies keep it; a company agrees on its own version. */
export const LEAD_TO_WON: FunnelDefinition = {
  kind: 'funnel',
  id: 'lead-to-won',
  version: '1.0.0',
  label: 'Lead to won',
  grain: 'person',
  owners: ['marketing', 'sales'],
  stages: [
    { key: 'lead', label: 'Lead', owner: 'marketing', term: 'lead' },
    { key: 'mql', label: 'MQL', owner: 'both', term: 'mql' },
    { key: 'sal', label: 'SAL', owner: 'sales', term: 'sal' },
    { key: 'sql', label: 'SQL', owner: 'sales', term: 'sql' },
    { key: 'opportunity', label: 'Opportunity', owner: 'sales', term: 'opportunity' },
    { key: 'won', label: 'Won', owner: 'sales', term: 'won' },
  ],
};

/** Definitions that come with the package, last in authority. */
export const DEFAULT_DEFINITIONS: readonly Definition[] = [LEAD_TO_WON];
