import type { DataSource, Envelope } from '@sama/metrics/contracts';
import { html, type TemplateResult } from 'lit';
import { silent, sourceOf, type Story } from './story.ts';

/** An answer that says why there is none. */
export const failure = (code: NonNullable<Envelope['code']>, message?: string): Envelope => ({
  v: 1,
  status: code === 'forbidden' || code === 'unauthenticated' ? 'denied' : 'error',
  flags: [],
  code,
  ...(message === undefined ? {} : { message }),
  warnings: [],
});

/** An answer of nothing: there is no data yet, or none that fits. */
export const empty = (code: 'no-data-yet' | 'nothing-matches'): Envelope => ({
  v: 1,
  status: 'empty',
  code,
  flags: [],
  warnings: [],
});

/** A source whose answers are changed on their way. */
export const changed = (source: DataSource, change: (envelope: Envelope) => Envelope): DataSource => ({
  ...source,
  query: async (question, options) => change(await source.query(question, options)),
});

/** A source that answers each question once, and fails from then on. */
function failsLater(source: DataSource): DataSource {
  const asked = new Set<string>();
  return {
    ...source,
    query: async (question, options) => {
      const known = JSON.stringify(question);
      if (asked.has(known)) return failure('timeout', 'metrics.example.com did not answer within 30 s');
      asked.add(known);
      return source.query(question, options);
    },
  };
}

/** How a widget is drawn over a source, and one where nothing is amiss. */
interface Way {
  asked(source: DataSource): TemplateResult;
  good(): DataSource;
}

/** The states that every widget has, of one widget: each story file gives them the same names. */
export function statesOf({ asked, good }: Way) {
  const over = (source: () => DataSource) => ({ render: () => asked(source()) }) satisfies Story;
  const said = (more: Partial<Envelope>) => over(() => changed(good(), (envelope) => ({ ...envelope, ...more })));
  return {
    loading: over(() => silent),
    noDataYet: over(() => sourceOf(empty('no-data-yet'))),
    errorWithoutData: over(() => sourceOf(failure('unreachable', 'metrics.example.com cannot be reached'))),
    errorWithLastGood: { render: () => html`<div data-then="reload">${asked(failsLater(good()))}</div>` },
    denied: over(() => sourceOf(failure('forbidden', 'a scope is missing'))),
    unauthenticated: over(() => sourceOf(failure('unauthenticated', 'no token'))),
    stale: said({
      flags: ['stale'],
      coverage: { entities: 18_400, undated: 0, unlinked: 0, dataThrough: '2026-06-15T04:00:00Z' },
    }),
    partial: said({ flags: ['partial'] }),
    permissionLimited: said({ warnings: [{ code: 'row-filter' }] }),
    definitionBreak: said({ flags: ['definition-break'], warnings: [{ code: 'definition-break' }] }),
    offline: said({ flags: ['offline'] }),
    demo: said({ flags: ['demo'] }),
  } satisfies Record<string, Story>;
}
