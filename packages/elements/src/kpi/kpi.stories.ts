import type { KpiEnvelope } from '@sama/metrics/contracts';
import { html } from 'lit';
import './define.ts';
import * as samples from '../testing/kpi-samples.ts';
import * as kpis from '../testing/kpi-states.ts';
import { empty, statesOf } from '../testing/states.ts';
import { sourceOf, type Story } from '../testing/story.ts';

/** The answer to a question about one of them. */
const only = (kpi: string, { data, warnings }: KpiEnvelope): unknown =>
  data && samples.envelopeOf({ ...data, kpis: data.kpis.filter(({ id }) => id === kpi) }, { warnings });
const tile =
  (kpi: string, data = samples.healthy) =>
  () =>
    html`<sama-kpi kpi=${kpi} definition-href="/glossary#{id}" .data=${only(kpi, data)}></sama-kpi>`;

export default { title: 'Elements/KPI', component: 'sama-kpi', tags: ['autodocs'] };

export const Share: Story = { render: tile('acceptance') };
export const Count: Story = { render: tile('mqls') };
export const Money: Story = { render: tile('cac') };
export const Time: Story = { render: tile('first-response') };
export const Maturing: Story = { render: tile('win-rate') };
export const Promise: Story = { render: tile('in-time') };
export const NotKnown: Story = { render: tile('nrr', kpis.sections) };
export const SmallNumbers: Story = { render: tile('won', kpis.small) };
export const WithoutValue: Story = {
  name: 'Without a value, for two reasons',
  render: () => html`${tile('pipeline', kpis.mixedCurrency)()}${tile('acceptance', kpis.partial)()}`,
};
export const NothingMatches: Story = {
  render: () =>
    html`<sama-kpi kpi="mqls" segment="enterprise" .source=${sourceOf(empty('nothing-matches'))}></sama-kpi>`,
};
const states = statesOf({
  asked: (source) => html`<sama-kpi kpi="mqls" label="MQL volume" .source=${source}></sama-kpi>`,
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
export const Arabic: Story = {
  name: 'Right to left',
  render: () => html`<div dir="rtl" lang="ar-EG"><sama-kpi kpi="acceptance" .data=${samples.healthy}></sama-kpi></div>`,
};
