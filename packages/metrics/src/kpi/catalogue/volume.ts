import { valueOf } from '../figure.ts';
import { kpi } from '../kpi.ts';

/** Persons who became a lead in the period. @beta */
export const leadVolume = /* @__PURE__ */ kpi(
  {
    key: 'leadVolume',
    label: 'Leads',
    formula: 'leads',
    note: 'Distinct persons entering the stage; a person who comes back counts by cycle only where the source says so.',
    unit: 'count',
    direction: 'up',
    grain: 'person',
    additivity: 'sum',
    owners: ['marketing'],
    revenuePath: ['mql', 'sal', 'sql', 'opportunity', 'won', 'revenue'],
    guardrail: 'acceptanceRate',
    inputs: { leads: 'count' },
  },
  ({ leads }) => valueOf({ value: leads }, { n: leads }),
);

/** Persons who became an MQL in the period. @beta */
export const mqlVolume = /* @__PURE__ */ kpi(
  {
    key: 'mqlVolume',
    label: 'MQLs',
    formula: 'mqls',
    note: 'By entity a person counts once however often it qualifies; by visit every entry counts.',
    unit: 'count',
    direction: 'up',
    grain: 'person',
    additivity: 'sum',
    owners: ['both'],
    revenuePath: ['sal', 'sql', 'opportunity', 'won', 'revenue'],
    guardrail: 'acceptanceRate',
    inputs: { mqls: 'count' },
  },
  ({ mqls }) => valueOf({ value: mqls }, { n: mqls }),
);
