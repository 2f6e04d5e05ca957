import type { Reason, ReasonList } from './contracts/index.ts';

const list = (reasons: Reason[]): ReasonList => ({ version: '1.0.0', reasons });
const byCode = (...lists: ReasonList[]): Map<string, Reason> =>
  new Map(lists.flatMap(({ reasons }) => reasons.map((reason) => [reason.code, reason])));

/** Why a seller returns a hand-off: marketing completes it. @beta */
export const RETURN_REASONS: ReasonList = /* @__PURE__ */ list([
  {
    code: 'missing.email',
    label: 'No valid e-mail',
    owner: 'marketing',
    triggers: 'find and verify the e-mail',
    asks: { label: 'E-mail', field: 'attributes.email' },
  },
  {
    code: 'missing.phone',
    label: 'No working phone',
    owner: 'marketing',
    triggers: 'find and verify the phone',
    asks: { label: 'Phone number', field: 'attributes.phone' },
  },
  {
    code: 'missing.company',
    label: 'Company unknown or unmatched',
    owner: 'marketing',
    triggers: 'match the account',
    asks: { label: 'Company', field: 'attributes.company' },
  },
  {
    code: 'missing.role',
    label: 'Role or seniority unknown',
    owner: 'marketing',
    triggers: 'find the role',
    asks: { label: 'Role in the decision', field: 'attributes.role' },
  },
  {
    code: 'missing.need',
    label: 'No stated need or use case',
    owner: 'marketing',
    triggers: 'ask for the need',
    asks: { label: 'Need stated', field: 'attributes.need' },
  },
  {
    code: 'missing.timing',
    label: 'No timing',
    owner: 'marketing',
    triggers: 'ask for the timing',
    asks: { label: 'Timing', field: 'attributes.timing' },
  },
  {
    code: 'missing.budget',
    label: 'No budget signal',
    owner: 'marketing',
    triggers: 'ask for the budget',
    asks: { label: 'Budget signal', field: 'attributes.budget' },
  },
  {
    code: 'missing.consent',
    label: 'No permission to contact',
    owner: 'marketing',
    triggers: 'ask for permission',
    asks: { label: 'Consent', field: 'attributes.consent' },
  },
  {
    code: 'missing.context',
    label: 'No activity history or source',
    owner: 'marketing',
    triggers: 'add the history',
    asks: { label: 'History or source' },
  },
  {
    code: 'missing.owner',
    label: 'Wrong territory or owner',
    owner: 'operations',
    triggers: 'correct the routing',
    asks: { label: 'Right territory' },
  },
  {
    code: 'threshold.notMet',
    label: 'Does not meet agreed criterion',
    owner: 'both',
    triggers: 'check the score',
    asks: { label: 'Agreed criterion' },
  },
  { code: 'other', label: 'Other (text required)', owner: 'marketing', triggers: 'read the text', needs: 'text' },
]);

/** Why a lead goes back to nurture: it fits, but not now. @beta */
export const RECYCLE_REASONS: ReasonList = /* @__PURE__ */ list([
  { code: 'timing.later', label: 'Right fit, wrong time', owner: 'marketing', triggers: 'nurture until the review' },
  {
    code: 'unreachable',
    label: 'Attempts used up, no answer',
    owner: 'marketing',
    triggers: 'nurture on another channel',
    needs: 'attempts',
  },
  { code: 'budget.none', label: 'No budget this period', owner: 'marketing', triggers: 'review in the next period' },
  { code: 'need.early', label: 'Need not yet formed', owner: 'marketing', triggers: 'nurture with early content' },
  {
    code: 'contract.competitor',
    label: 'Locked in with another supplier',
    owner: 'marketing',
    triggers: 'review before the contract ends',
  },
  { code: 'priority.changed', label: 'Priority changed', owner: 'marketing', triggers: 'nurture until the review' },
  { code: 'champion.left', label: 'Contact left', owner: 'marketing', triggers: 'find another contact' },
]);

/** Why a lead is not pursued at all. @beta */
export const DISQUALIFY_REASONS: ReasonList = /* @__PURE__ */ list([
  { code: 'fit.size', label: 'Outside size', owner: 'both', triggers: 'check the fit criteria' },
  { code: 'fit.industry', label: 'Outside industry', owner: 'both', triggers: 'check the fit criteria' },
  { code: 'fit.geo', label: 'Outside geography', owner: 'both', triggers: 'check the fit criteria' },
  { code: 'fit.useCase', label: 'Cannot serve the need', owner: 'both', triggers: 'check the fit criteria' },
  {
    code: 'data.false',
    label: 'False or unusable data',
    owner: 'marketing',
    triggers: 'check the source',
    needs: 'evidence',
  },
  { code: 'kind.competitor', label: 'Competitor', owner: 'marketing', triggers: 'suppress' },
  { code: 'kind.student', label: 'Student or researcher', owner: 'marketing', triggers: 'suppress from hand-off' },
  { code: 'kind.jobSeeker', label: 'Job seeker or supplier', owner: 'marketing', triggers: 'suppress from hand-off' },
  {
    code: 'kind.customer',
    label: 'Already a customer: route to CS',
    owner: 'customer-success',
    triggers: 'route to customer success',
  },
  { code: 'duplicate', label: 'Duplicate: merge', owner: 'operations', triggers: 'merge the records' },
  { code: 'optOut', label: 'Asked not to be contacted', owner: 'marketing', triggers: 'suppress' },
  { code: 'noInterest', label: 'No interest confirmed', owner: 'marketing', triggers: 'check the source' },
]);

/** The reasons of Sama's own lists by their codes, which no two lists share; what a policy words otherwise is its own. */
export const SHARED_REASONS: ReadonlyMap<string, Reason> = /* @__PURE__ */ byCode(
  RETURN_REASONS,
  RECYCLE_REASONS,
  DISQUALIFY_REASONS,
);
