import { html } from 'lit';
import './define.ts';
import '../locale/ar/define.ts';
import { healthy } from '../testing/funnel-samples.ts';
import { failure } from '../testing/states.ts';
import { silent, sourceOf, type Story } from '../testing/story.ts';

export default { title: 'Elements/Filter', component: 'sama-filter', tags: ['autodocs'] };

const asked = (source = sourceOf(healthy)) => html`<sama-filter period="2026-Q1" .source=${source}></sama-filter>`;

export const Sentence: Story = { name: 'A sentence', render: () => asked() };
export const AllChoices: Story = {
  name: 'With a comparison',
  render: () =>
    html`<sama-filter choices="period segment compare" compare="previous" .source=${sourceOf(healthy)}></sama-filter>`,
};
export const OwnSegments: Story = {
  name: 'Segments of the page',
  render: () =>
    html`<sama-filter period="last-90-days">
      <option value="emea">EMEA</option>
      <option value="americas">Americas</option>
    </sama-filter>`,
};
export const Loading: Story = { render: () => asked(silent) };
export const ErrorWithoutData: Story = {
  render: () => asked(sourceOf(failure('unreachable', 'metrics.example.com cannot be reached'))),
};
export const Arabic: Story = {
  name: 'Right to left',
  render: () => html`<div dir="rtl" lang="ar-EG">${asked()}</div>`,
};
