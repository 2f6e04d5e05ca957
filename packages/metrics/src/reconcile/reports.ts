import * as z from 'zod/mini';
import { EntryPolicy, SkipPolicy, Unit } from '../contracts/funnel-fields.ts';
import { Key, TimeZone, When } from '../contracts/primitives.ts';
import type { FunnelQuestion } from '../contracts/question.ts';
import { DefinitionName, PeriodText, View } from '../contracts/question.ts';
import { EntityType } from '../contracts/records.ts';
import { InputError } from '../errors.ts';
import { readInput } from '../read-input.ts';
import { addDays, isDay, readFiscal, resolvePeriod, zone } from '../time/index.ts';

/** A report type of a CRM as a question of Sama. @beta */
export const CrmReport = z.object({
  id: Key,
  vendor: z.enum(['hubspot', 'salesforce']),
  /** As the vendor calls it. */
  name: z.string(),
  /** What a row of it is. */
  grain: z.array(EntityType),
  settings: z.object({
    view: View,
    skipPolicy: z.optional(SkipPolicy),
    entryPolicy: z.optional(EntryPolicy),
    unit: z.optional(Unit),
    window: z.optional(z.literal('none')),
  }),
  /** What its date range selects: who entered by it, and nothing later; who entered by it; entries; or there is none. */
  range: z.enum(['entries-and-outcomes', 'entrants', 'entries', 'none']),
  /** The page of the vendor that says so. */
  source: z.url(),
});
export type CrmReport = z.infer<typeof CrmReport>;

const FUNNEL_PAGE = 'https://knowledge.hubspot.com/reports/differences-between-funnel-reports-types';
const OPPORTUNITY_FIELDS =
  'https://developer.salesforce.com/docs/atlas.en-us.228.0.sfFieldRef.meta/sfFieldRef/salesforce_field_reference_Opportunity.htm';
const cohort = { view: 'cohort', entryPolicy: 'first', unit: 'entity', window: 'none' } as const;

/** The report types that people hold Sama's numbers against. `docs/reconcile.md` says what each leaves open. @beta */
export const CRM_REPORTS: readonly CrmReport[] = [
  {
    id: 'hubspot-funnel-all-stages',
    vendor: 'hubspot',
    name: 'Funnel: gone through all stages',
    grain: ['person', 'opportunity'],
    settings: { ...cohort, skipPolicy: 'strict' },
    range: 'entries-and-outcomes',
    source: FUNNEL_PAGE,
  },
  {
    id: 'hubspot-funnel-any-stages',
    vendor: 'hubspot',
    name: 'Funnel: gone through any stages',
    grain: ['person', 'opportunity'],
    settings: { view: 'activity', unit: 'entity' },
    range: 'entries',
    source: FUNNEL_PAGE,
  },
  {
    id: 'hubspot-journey-funnel',
    vendor: 'hubspot',
    name: 'Journey funnel',
    grain: ['person', 'opportunity'],
    settings: { ...cohort, skipPolicy: 'strict' },
    range: 'entrants',
    source: 'https://knowledge.hubspot.com/it/reports/differences-between-funnel-reports-types',
  },
  {
    id: 'hubspot-by-stage',
    vendor: 'hubspot',
    name: 'Records by lifecycle stage or deal stage',
    grain: ['person', 'account', 'opportunity'],
    settings: { view: 'snapshot' },
    range: 'none',
    source: 'https://knowledge.hubspot.com/contacts/use-lifecycle-stages',
  },
  {
    id: 'salesforce-leads-converted',
    vendor: 'salesforce',
    name: 'Leads with converted lead information, by create date',
    grain: ['person'],
    settings: { ...cohort, skipPolicy: 'impute' },
    range: 'entrants',
    source: 'https://help.salesforce.com/s/articleView?id=000385192&type=1',
  },
  {
    id: 'salesforce-opportunities-by-stage',
    vendor: 'salesforce',
    name: 'Opportunities by stage',
    grain: ['opportunity'],
    settings: { view: 'snapshot' },
    range: 'none',
    source: OPPORTUNITY_FIELDS,
  },
  {
    id: 'salesforce-closed-won',
    vendor: 'salesforce',
    name: 'Opportunities, closed won, by close date',
    grain: ['opportunity'],
    settings: { view: 'activity', unit: 'entity' },
    range: 'entries',
    source: OPPORTUNITY_FIELDS,
  },
  {
    id: 'salesforce-opportunity-history',
    vendor: 'salesforce',
    name: 'Opportunity history, stage changes only',
    grain: ['opportunity'],
    settings: { view: 'activity', unit: 'visit' },
    range: 'entries',
    source: 'https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_objects_opportunityhistory.htm',
  },
];

/** What a report of a CRM was asked, in Sama's words. @beta */
export const ReportChoice = z.strictObject({
  funnel: DefinitionName,
  /** The date range of the report: a period that names its days. */
  period: z.optional(PeriodText),
  /** When the report was run. Default: the engine's moment. */
  asOf: z.optional(When),
  /** In which the days of the report begin. Default: the engine's. */
  timeZone: z.optional(TimeZone),
  anchor: z.optional(Key),
});
export type ReportChoice = z.infer<typeof ReportChoice>;

/**
 * The question that counts as a CRM's report does.
 *
 * @param id of `CRM_REPORTS`.
 * @throws InputError for an unknown report, a date range where the report has none, or a fiscal one where its end counts.
 * @throws QuestionError `invalid-period`, `invalid-time-zone`
 * @beta
 */
export function reportQuestion(id: string, choice: ReportChoice): FunnelQuestion {
  const report = CRM_REPORTS.find((one) => one.id === id);
  if (report === undefined)
    throw new InputError('id', `there is no report "${id}"`, `use ${CRM_REPORTS.map((one) => one.id).join(', ')}`);
  const { asOf: run, ...asked } = readInput(ReportChoice, choice, 'choice');
  const { period } = asked;
  if (report.range === 'none' && period !== undefined)
    throw new InputError('choice.period', `"${report.name}" shows what stands there now`, 'leave it out, or set asOf');
  const asOf = report.range === 'entries-and-outcomes' ? endOf(asked, run) : run;
  return { kind: 'funnel', ...asked, ...report.settings, ...(asOf !== undefined && { asOf }) };
}

/** The last day of the range, or the moment of the report when that is earlier. */
function endOf({ period, timeZone = 'UTC' }: ReportChoice, run: string | undefined): string | undefined {
  // A range of the last so many days ends with the report itself.
  if (period === undefined || period.startsWith('last-')) return run;
  if (readFiscal(period) !== null)
    throw new InputError('choice.period', `"${period}" has no days by itself`, 'write them: 2026-07-01/2026-10-01');
  const end = addDays(resolvePeriod(period, { asOf: 0, timeZone }).to, -1);
  if (run === undefined) return end;
  return (isDay(run) ? run : zone(timeZone).dayOf(Date.parse(run))) <= end ? run : end;
}
