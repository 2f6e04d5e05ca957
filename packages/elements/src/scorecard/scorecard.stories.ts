import type { Envelope } from '@sama/metrics/contracts';
import { html } from 'lit';
import './define.ts';
import '../kpi/define.ts';
import { registerLocale } from '../locale/index.ts';
import * as samples from '../testing/kpi-samples.ts';
import * as states from '../testing/kpi-states.ts';
import { silent, sourceOf, type Story } from '../testing/story.ts';

registerLocale('ar', {
  tag: 'ar',
  scorecard: 'بطاقة الأداء المشتركة',
  sameAge: (period) => `${period} في العمر نفسه`,
  scoreCompared: ' مقارنة مع {compare}',
  isStanding: (name, standing) => [`${name}: `, standing, '. '],
  behindOf: (share) => `متأخر ${share} عن الوتيرة`,
  areAtRisk: (names) => ['في خطر: ', names, '. '],
  moved: (name, up, by) => [`${name} ${up ? 'ارتفع' : 'انخفض'} ${by}`, '، تغير واضح.'],
  points: (n) => `${n} نقطة`,
  ofTargetBy: (target, day) => `من ${target} حتى ${day}`,
  shareOfTarget: (share) => `${share} من الهدف`,
  expectedBy: (share) => `المتوقع اليوم ${share}`,
  marketingPromised: 'وعد التسويق',
  salesPromised: 'وعد المبيعات',
  promisedCount: (target, name) => `من ${target} ${name}`,
  promisedRate: (name, target) => `${name}، المتفق ${target}`,
  pair: (first, second) => `${first} مع ${second}`,
  target: (value) => `الهدف ${value}`,
  promise: (value) => `الوعد ${value}`,
  noChange: 'لا تغير واضح',
  changedBy: (change, against) => `${change} مقابل ${against}`,
  atRisk: 'في خطر',
  onTarget: 'على الهدف',
  aheadOfPace: 'متقدم على الوتيرة',
  kept: 'أوفي به',
  keptSoFar: 'أوفي به حتى الآن',
  stillMaturing: 'لم ينضج بعد',
  stillOpen: (share) => `${share} ما زال مفتوحًا`,
  medianUnit: (unit) => `${unit}، الوسيط`,
  minutesUnit: 'دقيقة',
  minutes: (n) => `${n} دقيقة`,
});

const failure = (code: NonNullable<Envelope['code']>, message: string): Envelope => ({
  v: 1,
  status: code === 'forbidden' || code === 'unauthenticated' ? 'denied' : 'error',
  flags: [],
  code,
  message,
  warnings: [],
});

const shown = (data: unknown) => () =>
  html`<sama-scorecard
    label="Q2 2026 shared scorecard"
    definition-href="/glossary#{id}"
    .data=${data}
  ></sama-scorecard>`;

export default { title: 'Elements/Scorecard', component: 'sama-scorecard', tags: ['autodocs'] };

export const Healthy: Story = { render: shown(samples.healthy) };
export const Asked: Story = {
  name: 'With choices',
  render: () =>
    html`<sama-scorecard .source=${sourceOf(states.choices)} period="2026-Q2" compare="previous"></sama-scorecard>`,
};
export const Ordered: Story = {
  name: 'In an order of its own',
  render: () =>
    html`<sama-scorecard
      .source=${sourceOf(samples.envelopeOf(samples.answerOf(samples.samples.toReversed())))}
      kpis="accepted in-time first-response win-rate cac acceptance mqls pipeline"
      north-star="pipeline"
      period="2026-Q2"
    ></sama-scorecard>`,
};
export const Sections: Story = {
  name: 'More than one view',
  render: () => html`<sama-scorecard section="Deals" .data=${states.sections}></sama-scorecard>`,
};
export const WithoutTargets: Story = { render: shown(states.withoutTargets) };
export const PeriodOver: Story = { name: 'The period is over', render: shown(states.over) };
export const SmallNumbers: Story = { render: shown(states.small) };
export const EveryUnit: Story = { render: shown(states.units) };
export const Compact: Story = {
  render: () => html`<sama-scorecard density="compact" .data=${samples.healthy}></sama-scorecard>`,
};

export const Loading: Story = {
  render: () => html`<sama-scorecard .source=${silent} period="2026-Q2"></sama-scorecard>`,
};
export const NoDataYet: Story = {
  render: shown({ v: 1, status: 'empty', code: 'no-data-yet', flags: [], warnings: [] }),
};
export const NothingMatches: Story = {
  render: () =>
    html`<sama-scorecard
      .source=${sourceOf({ v: 1, status: 'empty', code: 'nothing-matches', flags: [], warnings: [] })}
      segment="enterprise"
    ></sama-scorecard>`,
};
export const ErrorWithoutData: Story = {
  render: () =>
    html`<sama-scorecard
      .source=${sourceOf(failure('unreachable', 'metrics.example.com cannot be reached'))}
    ></sama-scorecard>`,
};
export const ErrorWithLastGood: Story = {
  name: 'Error with the last good values',
  render: () =>
    html`<sama-scorecard
      .source=${sourceOf(samples.healthy, failure('timeout', 'metrics.example.com did not answer within 30 s'))}
      data-then="reload"
    ></sama-scorecard>`,
};
export const Stale: Story = {
  render: shown({
    ...samples.healthy,
    flags: ['stale'],
    coverage: { entities: 18_400, undated: 0, unlinked: 0, dataThrough: '2026-06-15T04:00:00Z' },
  }),
};
export const Partial: Story = { name: 'An input is missing', render: shown(states.partial) };
export const MixedCurrency: Story = { render: shown(states.mixedCurrency) };
export const PermissionLimited: Story = {
  render: shown({ ...states.withoutTargets, warnings: [{ code: 'row-filter' }] }),
};
export const Suppressed: Story = { name: 'Groups too small to show', render: shown(states.suppressed) };
export const Denied: Story = {
  render: () =>
    html`<sama-scorecard .source=${sourceOf(failure('forbidden', 'scope kpi is missing'))}></sama-scorecard>`,
};
export const Unauthenticated: Story = {
  render: () => html`<sama-scorecard .source=${sourceOf(failure('unauthenticated', 'no token'))}></sama-scorecard>`,
};
export const Offline: Story = { render: shown({ ...samples.healthy, flags: ['offline'] }) };
export const Demo: Story = {
  name: 'Demonstration data',
  render: shown({ ...samples.healthy, flags: ['demo', 'definition-break'] }),
};
export const InvalidInput: Story = { render: shown({ ...samples.healthy, data: { kind: 'kpi', kpis: 'many' } }) };
export const Arabic: Story = {
  name: 'Right to left',
  render: () => html`<div dir="rtl" lang="ar-EG"><sama-scorecard .data=${samples.healthy}></sama-scorecard></div>`,
};
export const HostileText: Story = { render: shown(states.hostile) };
export const HostAccent: Story = {
  name: 'The accent of a green page',
  render: () => html`<div class="green"><sama-scorecard .data=${samples.healthy}></sama-scorecard></div>`,
};
