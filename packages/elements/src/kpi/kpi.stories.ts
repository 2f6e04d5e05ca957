import { html } from 'lit';
import './define.ts';
import * as samples from '../testing/kpi-samples.ts';
import * as states from '../testing/kpi-states.ts';
import { silent, sourceOf, type Story } from '../testing/story.ts';

const tile =
  (kpi: string, data: unknown = samples.healthy) =>
  () =>
    html`<sama-kpi kpi=${kpi} definition-href="/glossary#{id}" .data=${data}></sama-kpi>`;

export default { title: 'Elements/KPI', component: 'sama-kpi', tags: ['autodocs'] };

export const Share: Story = { render: tile('acceptance') };
export const Count: Story = { render: tile('mqls') };
export const Money: Story = { render: tile('cac') };
export const Time: Story = { render: tile('first-response') };
export const Maturing: Story = { render: tile('win-rate') };
export const Promise: Story = { render: tile('in-time') };
export const NotKnown: Story = { render: tile('nrr', states.sections) };
export const SmallNumbers: Story = { render: tile('won', states.small) };
export const Loading: Story = {
  render: () => html`<sama-kpi kpi="mqls" label="MQL volume" .source=${silent}></sama-kpi>`,
};
export const ErrorWithoutData: Story = {
  render: () =>
    html`<sama-kpi
      kpi="mqls"
      label="MQL volume"
      .source=${sourceOf({ v: 1, status: 'error', code: 'unreachable', flags: [], warnings: [] })}
    ></sama-kpi>`,
};
export const Arabic: Story = {
  name: 'Right to left',
  render: () => html`<div dir="rtl" lang="ar-EG"><sama-kpi kpi="acceptance" .data=${samples.healthy}></sama-kpi></div>`,
};
