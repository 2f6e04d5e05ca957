import type { DataSource } from '@sama/metrics/contracts';
import { html, type TemplateResult } from 'lit';
import { healthy as funnel } from './funnel-samples.ts';
import { healthy as kpis } from './kpi-samples.ts';
import { sourceOf } from './story.ts';

const all: DataSource = {
  ...sourceOf(funnel),
  query: async ({ kind }) => (kind === 'kpi' ? kpis : funnel),
};

/** Elements in a provider that knows the funnel and the KPIs. */
export const provided = (inside: TemplateResult): TemplateResult =>
  html`<sama-provider period="2026-Q2" .source=${all}>${inside}</sama-provider>`;
