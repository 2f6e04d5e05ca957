import type { DataSource } from '@sama/metrics/contracts';
import { html, type TemplateResult } from 'lit';
import { healthy as funnel } from './funnel-samples.ts';
import { answerOf, envelopeOf, samples } from './kpi-samples.ts';
import { sourceOf } from './story.ts';

const all: DataSource = {
  ...sourceOf(funnel),
  query: async (question) => {
    if (question.kind !== 'kpi') return funnel;
    const { kpis } = question;
    return envelopeOf(answerOf(samples.filter(({ id }) => kpis === undefined || kpis.includes(id))));
  },
};

/** Elements in a provider that knows the funnel and the KPIs. */
export const provided = (inside: TemplateResult): TemplateResult =>
  html`<sama-provider period="2026-Q2" .source=${all}>${inside}</sama-provider>`;
