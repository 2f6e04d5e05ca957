import { html } from 'lit';
import './define.ts';
import '../kpi/define.ts';
import '../locale/ar/define.ts';
import * as samples from '../testing/kpi-samples.ts';
import * as kpis from '../testing/kpi-states.ts';
import { empty, statesOf } from '../testing/states.ts';
import { sourceOf, type Story } from '../testing/story.ts';

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
    html`<sama-scorecard .source=${sourceOf(kpis.choices)} period="2026-Q2" compare="previous"></sama-scorecard>`,
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
  render: () => html`<sama-scorecard section="Deals" .data=${kpis.sections}></sama-scorecard>`,
};
export const WithoutTargets: Story = { render: shown(kpis.withoutTargets) };
export const PeriodOver: Story = { name: 'The period is over', render: shown(kpis.over) };
export const SmallNumbers: Story = { render: shown(kpis.small) };
export const EveryUnit: Story = { render: shown(kpis.units) };
export const Compact: Story = {
  render: () => html`<sama-scorecard density="compact" .data=${samples.healthy}></sama-scorecard>`,
};

const states = statesOf({
  asked: (source) => html`<sama-scorecard period="2026-Q2" .source=${source}></sama-scorecard>`,
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
  render: () =>
    html`<sama-scorecard .source=${sourceOf(empty('nothing-matches'))} segment="enterprise"></sama-scorecard>`,
};
export const MissingInput: Story = { name: 'A KPI without its input', render: shown(kpis.partial) };
export const MixedCurrency: Story = { render: shown(kpis.mixedCurrency) };
export const Suppressed: Story = { name: 'Groups too small to show', render: shown(kpis.suppressed) };
export const InvalidInput: Story = { render: shown({ ...samples.healthy, data: { kind: 'kpi', kpis: 'many' } }) };
export const Arabic: Story = {
  name: 'Right to left',
  render: () => html`<div dir="rtl" lang="ar-EG"><sama-scorecard .data=${samples.healthy}></sama-scorecard></div>`,
};
export const HostileText: Story = { render: shown(kpis.hostile) };
export const HostAccent: Story = {
  name: 'The accent of a green page',
  render: () => html`<div class="green"><sama-scorecard .data=${samples.healthy}></sama-scorecard></div>`,
};
