import { html, type TemplateResult } from 'lit';
import type { DataSource, Envelope } from '@sama/metrics/contracts';

/** A story in Component Story Format 3, as far as this package needs it. */
export interface Story {
  name?: string;
  args?: Record<string, unknown>;
  render?: () => TemplateResult;
  /** Tried by the tests and shown in the catalogue alike. */
  parameters?: Record<string, unknown>;
}

/** A source that answers every question with these envelopes in turn; the last one again and again. */
export function sourceOf(...answers: (Envelope | Promise<Envelope>)[]): DataSource {
  let asked = 0;
  return {
    query: async () => {
      const answer = answers[Math.min(asked, answers.length - 1)];
      asked += 1;
      if (answer === undefined) throw new Error('the source has no answer');
      return answer;
    },
    command: async () => ({ status: 'refused' }),
    subscribe: () => () => undefined,
  };
}

/** A source that never answers. */
export const silent: DataSource = {
  query: () => new Promise(() => undefined),
  command: async () => ({ status: 'refused' }),
  subscribe: () => () => undefined,
};

/** The element with data, the simplest story. */
export const withData =
  (data: unknown): (() => TemplateResult) =>
  () =>
    html`<sama-funnel .data=${data}></sama-funnel>`;
