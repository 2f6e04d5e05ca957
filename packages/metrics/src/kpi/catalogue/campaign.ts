import { beside, ratio, ratioValue, valueOf, withFactors } from '../figure.ts';
import { type Kpi, kpi } from '../kpi.ts';

const SPENT = { attributedRevenue: 'amount', marketingSpend: 'positive' } as const;
const CREDIT = 'The revenue is credit of one attribution model: name the model. Organic work is not free either.';

/** What a campaign brought beyond what it cost, for each unit of cost, by revenue. @beta */
export const campaignRoi = /* @__PURE__ */ kpi(
  {
    key: 'campaignRoi',
    label: 'Return on a campaign',
    formula: '(attributedRevenue − marketingSpend) / marketingSpend',
    note: CREDIT,
    unit: 'ratio',
    direction: 'up',
    grain: 'campaign',
    additivity: 'ratio',
    owners: ['marketing'],
    revenuePath: ['won', 'revenue'],
    guardrail: 'leadVolume',
    inputs: SPENT,
  },
  ({ attributedRevenue, marketingSpend }) => ratioValue(attributedRevenue - marketingSpend, marketingSpend),
);

/** The same by margin. @beta */
export const romi = /* @__PURE__ */ kpi(
  {
    key: 'romi',
    label: 'Return on marketing investment',
    formula: '(attributedRevenue × grossMargin − marketingSpend) / marketingSpend',
    note: CREDIT,
    unit: 'ratio',
    direction: 'up',
    grain: 'campaign',
    additivity: 'ratio',
    owners: ['marketing'],
    revenuePath: ['won', 'revenue'],
    guardrail: 'leadVolume',
    inputs: { ...SPENT, grossMargin: 'factor' },
  },
  ({ attributedRevenue, marketingSpend, grossMargin }) =>
    valueOf(
      withFactors([grossMargin], ([margin = 0]) => ratio(attributedRevenue * margin - marketingSpend, marketingSpend)),
      {
        also: [
          beside('roas', 'ratio', ratio(attributedRevenue, marketingSpend)),
          beside('roiOnRevenue', 'ratio', ratio(attributedRevenue - marketingSpend, marketingSpend)),
        ],
      },
    ),
);

/** Revenue for each unit of spend. @beta */
export const roas = /* @__PURE__ */ kpi(
  {
    key: 'roas',
    label: 'Return on ad spend',
    formula: 'attributedRevenue / marketingSpend',
    note: CREDIT,
    unit: 'ratio',
    direction: 'up',
    grain: 'campaign',
    additivity: 'ratio',
    owners: ['marketing'],
    revenuePath: ['won', 'revenue'],
    guardrail: 'cac',
    inputs: SPENT,
  },
  ({ attributedRevenue, marketingSpend }) => ratioValue(attributedRevenue, marketingSpend),
);

function costPer<const N extends string>(
  stage: string,
  plural: N,
  label: string,
  revenuePath: readonly string[],
): Kpi<{ readonly programSpend: 'positive' } & { readonly [K in N]: 'count' }>;
function costPer(stage: string, plural: string, label: string, revenuePath: readonly string[]): Kpi {
  return kpi(
    {
      key: `costPer.${stage}`,
      label,
      formula: `programSpend / ${plural}`,
      unit: 'currency',
      direction: 'down',
      grain: 'campaign',
      additivity: 'ratio',
      owners: ['marketing'],
      revenuePath,
      guardrail: 'acceptanceRate',
      inputs: { programSpend: 'positive', [plural]: 'count' },
    },
    ({ programSpend, [plural]: count }) => ratioValue(Number(programSpend), Number(count)),
  );
}

/** What a lead costs. @beta */
export const costPerLead = /* @__PURE__ */ costPer('lead', 'leads', 'Cost of a lead', [
  'lead',
  'mql',
  'sal',
  'sql',
  'opportunity',
  'won',
  'revenue',
]);
/** What an MQL costs. @beta */
export const costPerMql = /* @__PURE__ */ costPer('mql', 'mqls', 'Cost of an MQL', [
  'mql',
  'sal',
  'sql',
  'opportunity',
  'won',
  'revenue',
]);
/** What an accepted lead costs. @beta */
export const costPerSal = /* @__PURE__ */ costPer('sal', 'sals', 'Cost of an accepted lead', [
  'sal',
  'sql',
  'opportunity',
  'won',
  'revenue',
]);
/** What an SQL costs. @beta */
export const costPerSql = /* @__PURE__ */ costPer('sql', 'sqls', 'Cost of an SQL', [
  'sql',
  'opportunity',
  'won',
  'revenue',
]);
