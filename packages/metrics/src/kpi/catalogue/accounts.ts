import { newcombe } from '../../stats/wilson.ts';
import { beside, nothing, shareOf, shareValue } from '../figure.ts';
import { kpi } from '../kpi.ts';
import { overlap } from '../overlap.ts';

/** Of the active assets, those sales used in the last 90 days. @beta */
export const contentUsage = /* @__PURE__ */ kpi(
  {
    key: 'contentUsage',
    label: 'Content used by sales',
    formula: 'usedAssets / activeAssets',
    note: 'Used in at least one opportunity or send within 90 days. Assets younger than 30 days are left out.',
    unit: 'share',
    direction: 'up',
    grain: 'asset',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['opportunity', 'won', 'revenue'],
    guardrail: 'contentInWon',
    inputs: { usedAssets: 'count', activeAssets: 'count' },
  },
  ({ usedAssets, activeAssets }) => shareValue(usedAssets, activeAssets),
);

/** How often opportunities with an asset are won, beside those without. @beta */
export const contentInWon = /* @__PURE__ */ kpi(
  {
    key: 'contentInWon',
    label: 'Won with content',
    formula: 'wonWith / withAsset, beside wonWithout / withoutAsset',
    note: 'Goes together with winning; it does not follow that it causes it.',
    unit: 'share',
    direction: 'up',
    grain: 'asset',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['won', 'revenue'],
    guardrail: 'contentUsage',
    inputs: { wonWith: 'count', withAsset: 'count', wonWithout: 'count', withoutAsset: 'count' },
  },
  ({ wonWith, withAsset, wonWithout, withoutAsset }) => {
    const without = shareOf(wonWithout, withoutAsset);
    const comparable = wonWith <= withAsset && wonWithout <= withoutAsset;
    const difference = comparable ? newcombe(wonWith, withAsset, wonWithout, withoutAsset) : null;
    return shareValue(wonWith, withAsset, {
      also: [
        beside('without', 'share', without),
        beside('difference', 'difference', difference ?? nothing(comparable ? 'zero-denominator' : 'not-a-subset')),
      ],
    });
  },
);

/** Of the target accounts, those where enough people in the needed roles are known. @beta */
export const targetAccountCoverage = /* @__PURE__ */ kpi(
  {
    key: 'targetAccountCoverage',
    label: 'Target accounts covered',
    formula: 'covered / targets',
    note: 'Covered = at least so many known people in the required roles; how many is agreed for each segment.',
    unit: 'share',
    direction: 'up',
    grain: 'account',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['opportunity', 'won', 'revenue'],
    guardrail: 'targetAccountEngagement',
    inputs: { covered: 'count', targets: 'count' },
  },
  ({ covered, targets }) => shareValue(covered, targets),
);

/** Of the target accounts, those that are engaged. @beta */
export const targetAccountEngagement = /* @__PURE__ */ kpi(
  {
    key: 'targetAccountEngagement',
    label: 'Target accounts engaged',
    formula: 'engaged / targets; penetration: engagedPeople / groupSize',
    note: 'Engaged = the agreed engagement within the window; it takes depth, breadth and recency.',
    unit: 'share',
    direction: 'up',
    grain: 'account',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['opportunity', 'won', 'revenue'],
    guardrail: 'targetAccountCoverage',
    inputs: { engaged: 'count', targets: 'count', engagedPeople: 'count?', groupSize: 'count?' },
  },
  ({ engaged, targets, engagedPeople, groupSize }) =>
    shareValue(engaged, targets, {
      also:
        engagedPeople === undefined || groupSize === undefined
          ? []
          : [beside('penetration', 'share', shareOf(engagedPeople, groupSize))],
    }),
);

/** How far the lists of target accounts of both teams are the same. @beta */
export const targetAccountAgreement = /* @__PURE__ */ kpi(
  {
    key: 'targetAccountAgreement',
    label: 'Agreement on target accounts',
    formula: '|marketing ∩ sales| / |marketing ∪ sales|',
    note: 'An account named twice counts once. Two empty lists agree on nothing.',
    unit: 'share',
    direction: 'up',
    grain: 'account',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['opportunity', 'won', 'revenue'],
    guardrail: 'targetAccountCoverage',
    inputs: { marketing: 'names', sales: 'names' },
  },
  ({ marketing, sales }) => overlap(marketing, sales),
);

/** Of the roles a purchase needs, those that are engaged. @beta */
export const buyingGroupCoverage = /* @__PURE__ */ kpi(
  {
    key: 'buyingGroupCoverage',
    label: 'Buying group covered',
    formula: 'rolesEngaged / rolesRequired',
    note: 'Distinct roles of each opportunity, added up over them; never a mean of ratios.',
    unit: 'share',
    direction: 'up',
    grain: 'opportunity',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['won', 'revenue'],
    guardrail: 'winRate.count',
    inputs: { rolesEngaged: 'count', rolesRequired: 'count' },
  },
  ({ rolesEngaged, rolesRequired }) => shareValue(rolesEngaged, rolesRequired),
);
