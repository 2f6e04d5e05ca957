import { InputError } from '../../errors.ts';
import { beside, cohortValue, shareOf, shareValue } from '../figure.ts';
import { kpi } from '../kpi.ts';

/** Of the hand-offs that were decided, those sales accepted (MQL to SAL). @beta */
export const acceptanceRate = /* @__PURE__ */ kpi(
  {
    key: 'acceptanceRate',
    label: 'Acceptance',
    formula: 'accepted / (accepted + returned + disqualified + recycled + expired)',
    note: 'By final disposition; pending and withdrawn ones are left out, expired ones count as not accepted.',
    unit: 'share',
    direction: 'up',
    grain: 'handoff',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['sal', 'sql', 'opportunity', 'won', 'revenue'],
    guardrail: 'leadVolume',
    inputs: {
      accepted: 'count',
      returned: 'count',
      disqualified: 'count',
      expired: 'count',
      recycled: 'count?',
      pending: 'count?',
      withdrawn: 'count?',
      offered: 'count?',
    },
  },
  ({ accepted, returned, disqualified, expired, recycled = 0, pending = 0, withdrawn = 0, offered }) => {
    const decided = accepted + returned + disqualified + recycled + expired;
    const known = decided + pending + withdrawn;
    if (offered !== undefined && known > offered) {
      throw new InputError(
        'inputs.offered',
        `${offered} are fewer than the ${known} that became of them`,
        'count the same hand-offs in all inputs',
      );
    }
    const partial = offered !== undefined && known < offered;
    const pendingShare = offered === undefined ? [] : [beside('pendingShare', 'share', shareOf(pending, offered))];
    return shareValue(accepted, decided, { flags: partial ? ['partial'] : [], also: pendingShare });
  },
);

/** Of the hand-offs that were decided, those accepted without any return. @beta */
export const firstPassRate = /* @__PURE__ */ kpi(
  {
    key: 'firstPassRate',
    label: 'Accepted at first',
    formula: 'acceptedWithoutReturn / decided',
    unit: 'share',
    direction: 'up',
    grain: 'handoff',
    additivity: 'ratio',
    owners: ['marketing'],
    revenuePath: ['sal', 'sql', 'opportunity', 'won', 'revenue'],
    guardrail: 'leadVolume',
    inputs: { acceptedWithoutReturn: 'count', decided: 'count' },
  },
  ({ acceptedWithoutReturn, decided }) => shareValue(acceptedWithoutReturn, decided),
);

/** Of the hand-offs that were decided, those returned at least once, and for which reasons. @beta */
export const returnRate = /* @__PURE__ */ kpi(
  {
    key: 'returnRate',
    label: 'Returned',
    formula: 'returned / decided; each reason: its returns / returned',
    note: 'A return may have several reasons, so their shares may add up to more than 1.',
    unit: 'share',
    direction: 'down',
    grain: 'handoff',
    additivity: 'ratio',
    owners: ['marketing'],
    revenuePath: ['sal', 'sql', 'opportunity', 'won', 'revenue'],
    guardrail: 'unworkedRate',
    inputs: { returned: 'count', decided: 'count', reasons: 'tally?' },
  },
  ({ returned, decided, reasons }) => shareValue(returned, decided, { also: pareto(reasons, returned) }),
);

/** Of the accepted hand-offs, those sent back to nurture, and for which reasons. @beta */
export const recycleRate = /* @__PURE__ */ kpi(
  {
    key: 'recycleRate',
    label: 'Recycled',
    formula: 'recycled / accepted; each reason: its recycles / recycled',
    unit: 'share',
    direction: 'band',
    grain: 'handoff',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['sal', 'sql', 'opportunity', 'won', 'revenue'],
    guardrail: 'recycleYield',
    inputs: { accepted: 'count', recycled: 'count', reasons: 'tally?' },
  },
  ({ accepted, recycled, reasons }) => shareValue(recycled, accepted, { also: pareto(reasons, recycled) }),
);

/** Of the recycled, those that were won later. @beta */
export const recycleYield = /* @__PURE__ */ kpi(
  {
    key: 'recycleYield',
    label: 'Won after recycling',
    formula: 'won / recycled',
    note: 'Immature until 95 % of the recycled have been followed long enough.',
    unit: 'share',
    direction: 'up',
    grain: 'handoff',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['won', 'revenue'],
    guardrail: 'recycleRate',
    inputs: { recycled: 'count', won: 'count', followed: 'count?' },
  },
  ({ recycled, won, followed }) => cohortValue(won, recycled, followed),
);

/** Of those accepted or assigned, those without any logged outbound activity after the agreed time. @beta */
export const unworkedRate = /* @__PURE__ */ kpi(
  {
    key: 'unworkedRate',
    label: 'No logged activity',
    formula: 'unworked / assigned',
    note: 'What is not logged may still have been done: say "no logged activity".',
    unit: 'share',
    direction: 'down',
    grain: 'handoff',
    additivity: 'ratio',
    owners: ['sales'],
    revenuePath: ['sql', 'opportunity', 'won', 'revenue'],
    guardrail: 'returnRate',
    inputs: { assigned: 'count', unworked: 'count' },
  },
  ({ assigned, unworked }) => shareValue(unworked, assigned),
);

/** Of the promises that came due, those kept. One clock at a time, of either team. @beta */
export const slaCompliance = /* @__PURE__ */ kpi(
  {
    key: 'slaCompliance',
    label: 'Promises kept',
    formula: 'met / (met + breached + openOverdue)',
    note: 'What is open within its target is left out; what is open and overdue is breached. Paused time does not count.',
    unit: 'share',
    direction: 'up',
    grain: 'clock',
    additivity: 'ratio',
    owners: ['both'],
    revenuePath: ['sal', 'sql', 'opportunity', 'won', 'revenue'],
    guardrail: 'speedToLead',
    inputs: { met: 'count', breached: 'count', openOverdue: 'count', openWithinTarget: 'count?' },
  },
  ({ met, breached, openOverdue }) => shareValue(met, met + breached + openOverdue),
);

/** The share of each reason, the most frequent first. */
function pareto(reasons: Readonly<Record<string, number>> | undefined, of: number): ReturnType<typeof beside>[] {
  return Object.entries(reasons ?? {})
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([reason, count]) => beside(`reason.${reason}`, 'share', of === 0 ? shareOf(0, 0) : { value: count / of }));
}
