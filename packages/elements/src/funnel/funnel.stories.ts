import type { Envelope } from '@sama/metrics/contracts';
import { html } from 'lit';
import './define.ts';
import { registerLocale } from '../locale/index.ts';
import * as samples from '../testing/funnel-samples.ts';
import { silent, sourceOf, type Story, withData } from '../testing/story.ts';

registerLocale('ar', {
  tag: 'ar',
  table: 'جدول',
  more: 'المزيد',
  stage: 'المرحلة',
  counted: { person: 'أشخاص', account: 'حسابات', opportunity: 'فرص', cycle: 'رحلات', visit: 'زيارات', none: 'العدد' },
  advanced: 'تقدّم',
  open: 'مفتوح',
  recycled: 'أُعيد',
  gone: 'خسارة أو استبعاد',
  nOpen: (n) => `${n} مفتوح`,
  nRecycled: (n) => `${n} أُعيد`,
  nLost: (n) => `${n} خسارة`,
  nDisqualified: (n) => `${n} مستبعد`,
  nAdvanced: (n) => `${n} تقدّم`,
  owners: {
    marketing: 'التسويق',
    sales: 'المبيعات',
    both: 'مشترك',
    'customer-success': 'نجاح العملاء',
    operations: 'العمليات',
  },
  stepRate: 'معدل الخطوة',
  interval: 'فاصل 95٪',
  ofAll: (things) => `من كل ${things}`,
  medianDays: 'الوسيط بالأيام',
  hours: (n) => `${n} س`,
  hoursMinutes: (h, m) => `${h} س ${m}`,
  handoff: 'التسليم',
  handoffText: (rate, median) => `${rate} في الموعد · الوسيط ${median}`,
  views: { cohort: 'فوج', activity: 'نشاط', snapshot: 'لقطة' },
  sentences: { cohort: '{view} {things} من {period}', activity: '{view} في {period}', snapshot: '{view} حتى {asOf}' },
  followed: ' لمدة {window}',
  days: (_, text) => `${text} يومًا`,
  quarter: (quarter, year) => `الربع ${quarter} ${year}`,
  reached: (k, n, things, stage) => `${k} من ${n} ${things} بلغوا ${stage}`,
  ofStage: (stage) => `من ${stage}`,
  inferred: (_, count, share) => `${count} إدخالًا مستنتجًا (${share})`,
  asOf: (when) => `حتى ${when}`,
  definition: (version) => `التعريفات ${version}`,
  agreedByBoth: 'باتفاق الفريقين',
});

const arabic: Record<string, string> = {
  lead: 'عميل محتمل',
  mql: 'مؤهل تسويقيًا',
  sal: 'مقبول',
  sql: 'مؤهل بيعيًا',
  opportunity: 'فرصة',
  won: 'صفقة',
};
const failure = (code: NonNullable<Envelope['code']>, message: string): Envelope => ({
  v: 1,
  status: code === 'forbidden' || code === 'unauthenticated' ? 'denied' : 'error',
  flags: [],
  code,
  message,
  warnings: [],
});

export default { title: 'Elements/Funnel', component: 'sama-funnel', tags: ['autodocs'] };

export const Healthy: Story = { render: withData(samples.healthy) };
export const Maturing: Story = {
  render: () =>
    html`<sama-funnel
      .source=${sourceOf(samples.maturing)}
      period="2026-Q1"
      compare="previous"
      definition-href="/glossary"
    ></sama-funnel>`,
};
export const ComparedUnchanged: Story = { name: 'Compared, no clear change', render: withData(samples.unchanged) };
export const SmallNumbers: Story = { render: withData(samples.small) };
export const Snapshot: Story = { render: withData(samples.snapshot) };
export const Activity: Story = { render: withData(samples.activity) };
export const Value: Story = { render: withData(samples.value) };
export const MissingStage: Story = { render: withData(samples.gap) };
export const Lens: Story = {
  name: 'Through the lens of sales',
  render: () => html`<sama-funnel lens="sales" .data=${samples.healthy}></sama-funnel>`,
};
export const Compact: Story = {
  render: () => html`<sama-funnel density="compact" .data=${samples.healthy}></sama-funnel>`,
};

export const Loading: Story = {
  render: () => html`<sama-funnel .source=${silent} period="2026-Q1" label="Lead to customer"></sama-funnel>`,
};
export const NoDataYet: Story = {
  render: withData({ v: 1, status: 'empty', code: 'no-data-yet', flags: [], warnings: [] }),
};
export const NothingMatches: Story = {
  render: () => html`<sama-funnel .source=${sourceOf(samples.nothingMatches)} segment="enterprise"></sama-funnel>`,
};
export const ErrorWithoutData: Story = {
  render: () =>
    html`<sama-funnel
      label="Lead to customer"
      .source=${sourceOf(failure('unreachable', 'metrics.example.com cannot be reached'))}
    ></sama-funnel>`,
};
export const ErrorWithLastGood: Story = {
  name: 'Error with the last good values',
  render: () =>
    html`<sama-funnel
      .source=${sourceOf(samples.healthy, failure('timeout', 'metrics.example.com did not answer within 30 s'))}
      data-then="reload"
    ></sama-funnel>`,
};
export const Stale: Story = {
  render: withData({
    ...samples.healthy,
    flags: ['stale'],
    coverage: { entities: 18_400, undated: 0, unlinked: 0, dataThrough: '2026-06-15T04:00:00Z' },
  }),
};
export const PermissionLimited: Story = {
  render: withData({ ...samples.healthy, warnings: [{ code: 'row-filter' }] }),
};
export const Denied: Story = {
  render: () =>
    html`<sama-funnel
      label="Lead to customer"
      .source=${sourceOf(failure('forbidden', 'scope funnel is missing'))}
    ></sama-funnel>`,
};
export const Unauthenticated: Story = {
  render: () =>
    html`<sama-funnel
      label="Lead to customer"
      .source=${sourceOf(failure('unauthenticated', 'no token'))}
    ></sama-funnel>`,
};
export const Offline: Story = { render: withData({ ...samples.healthy, flags: ['offline'] }) };
export const Demo: Story = { name: 'Demonstration data', render: withData({ ...samples.healthy, flags: ['demo'] }) };
export const Notes: Story = {
  name: 'Everything to be known',
  render: withData({
    ...samples.maturing,
    flags: ['immature', 'imputed', 'undated', 'definition-break'],
    warnings: [
      { code: 'undated-records', params: { count: 1 } },
      { code: 'future-events', params: { count: 12 } },
      { code: 'overdue', params: { count: 31 } },
      { code: 'definition-break' },
    ],
  }),
};

export const AsSupplied: Story = {
  name: 'Plain rows',
  render: withData([
    { stage: 'Lead', count: 18_400, owner: 'marketing' },
    { stage: 'MQL', count: 7312, owner: 'both' },
    { stage: 'Won', count: 391, owner: 'sales' },
  ]),
};
export const TableUpgrade: Story = {
  name: 'A table of the page',
  render: () =>
    html`<sama-funnel>
      <table>
        <caption>
          Spring campaign
        </caption>
        <tr>
          <th>Lead</th>
          <td>18,400</td>
        </tr>
        <tr>
          <th>MQL</th>
          <td>7,312</td>
        </tr>
        <tr>
          <th>Won</th>
          <td>391</td>
        </tr>
      </table>
    </sama-funnel>`,
};
export const InvalidInput: Story = { render: withData([{ stage: 'Lead', count: 'many' }]) };

export const Arabic: Story = {
  name: 'Right to left',
  render: () =>
    html`<div dir="rtl" lang="ar-EG">
      <sama-funnel
        .data=${{
          ...samples.healthy,
          data: {
            ...samples.healthy.data,
            label: 'من عميل محتمل إلى صفقة',
            stages: samples.healthy.data?.stages.map((stage) => ({
              ...stage,
              label: arabic[stage.key] ?? stage.label,
            })),
          },
        }}
      ></sama-funnel>
    </div>`,
};
export const LongLabels: Story = {
  render: withData(
    samples.envelopeOf(
      samples.answerOf(
        samples.stages.map((stage, i) => ({
          ...stage,
          label:
            ['Marketingqualifizierter Interessent mit Einwilligung', 'Donaudampfschifffahrtsgesellschaftskontakt'][i] ??
            `${stage.label}, geprüft und übernommen`,
        })),
        { label: 'Ein Trichter mit außergewöhnlich langen Namen, wie sie in manchen Häusern gewachsen sind' },
      ),
    ),
  ),
};
export const HostileText: Story = { render: withData(samples.hostile) };
export const TwoStages: Story = {
  render: withData(
    samples.envelopeOf(samples.answerOf([samples.stages[0], samples.stages[5]].flatMap((stage) => stage ?? []))),
  ),
};
export const TwelveStages: Story = { render: withData(samples.long) };
export const AllZero: Story = {
  render: withData(
    samples.envelopeOf(
      samples.answerOf(
        samples.stages.map(({ key, label = key, owner = 'sales' }) => ({ key, label, owner, count: 0 })),
      ),
    ),
  ),
};
export const HostAccent: Story = {
  name: 'The accent of a green page',
  render: () => html`<div class="green"><sama-funnel .data=${samples.healthy}></sama-funnel></div>`,
};
