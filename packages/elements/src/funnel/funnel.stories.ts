import { html } from 'lit';
import './define.ts';
import '../locale/ar/define.ts';
import { sourceBehind } from '../testing/funnel-behind.ts';
import * as samples from '../testing/funnel-samples.ts';
import { statesOf } from '../testing/states.ts';
import { sourceOf, type Story, withData } from '../testing/story.ts';

const arabic: Record<string, string> = {
  lead: 'عميل محتمل',
  mql: 'مؤهل تسويقيًا',
  sal: 'مقبول',
  sql: 'مؤهل بيعيًا',
  opportunity: 'فرصة',
  won: 'صفقة',
};
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
export const MixedCurrency: Story = { render: withData(samples.mixedCurrency) };
export const MissingStage: Story = { render: withData(samples.gap) };
export const Lens: Story = {
  name: 'Through the lens of sales',
  render: () => html`<sama-funnel lens="sales" .data=${samples.healthy}></sama-funnel>`,
};
export const Compact: Story = {
  render: () => html`<sama-funnel density="compact" .data=${samples.healthy}></sama-funnel>`,
};

const states = statesOf({
  asked: (source) => html`<sama-funnel period="2026-Q1" label="Lead to customer" .source=${source}></sama-funnel>`,
  good: () => sourceOf(samples.healthy),
});
export const Loading: Story = states.loading;
export const NoDataYet: Story = states.noDataYet;
export const ErrorWithoutData: Story = states.errorWithoutData;
export const ErrorWithLastGood: Story = { name: 'Error with the last good values', ...states.errorWithLastGood };
export const Denied: Story = states.denied;
export const Unauthenticated: Story = states.unauthenticated;
export const Stale: Story = states.stale;
export const Partial: Story = { name: 'An input is missing', ...states.partial };
export const PermissionLimited: Story = states.permissionLimited;
export const DefinitionBreak: Story = states.definitionBreak;
export const Offline: Story = states.offline;
export const Demo: Story = { name: 'Demonstration data', ...states.demo };
export const NothingMatches: Story = {
  render: () => html`<sama-funnel .source=${sourceOf(samples.nothingMatches)} segment="enterprise"></sama-funnel>`,
};
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

export const Annotated: Story = {
  name: 'What is noted of the time',
  render: withData(samples.noted),
};
export const Trapezoid: Story = {
  name: 'The skin of a funnel',
  render: () => html`<sama-funnel skin="trapezoid" .data=${samples.healthy}></sama-funnel>`,
};

export const BehindAStage: Story = {
  render: () =>
    html`<sama-funnel .source=${sourceBehind()} period="2026-Q1" panel="opportunity?outcome=lost"></sama-funnel>`,
};

export const WhyItDiffers: Story = {
  name: 'Why a number differs',
  render: () =>
    html`<sama-funnel
      .source=${sourceBehind()}
      period="2026-Q1"
      panel="opportunity?differ=&amp;skipPolicy=strict&amp;reported=1190"
    ></sama-funnel>`,
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
