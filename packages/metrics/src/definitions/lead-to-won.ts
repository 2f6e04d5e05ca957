import type { Definition, FunnelDefinition } from '../contracts/index.ts';

export { DEFAULT_SIDE_STAGES } from '../contracts/side-stages.ts';

/** The funnel from lead to won as most companies keep it; a company agrees on its own version. @public */
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

/** Definitions that come with the package, last in authority. @public */
export const DEFAULT_DEFINITIONS: readonly Definition[] = [LEAD_TO_WON];
