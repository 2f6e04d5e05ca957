import type {
  ActivityEvent,
  AnswerContext,
  EntityRecord,
  EventFunnelAnswer,
  EventFunnelDefinition,
  EventFunnelQuestion,
} from '../../contracts/index.ts';
import { OWNER_RIGHTS } from '../../contracts/index.ts';

/** What a case says of an answer; what it does not name is not compared, nor is a null in a list. @beta */
export interface EventExpectation {
  /** Who reached each step. */
  counts?: readonly (number | null)[];
  /** Seconds from the step before, mean and median. */
  meanSeconds?: readonly (number | null)[];
  medianSeconds?: readonly (number | null)[];
  outcomes?: EventFunnelAnswer['outcomes'];
  /** Lower edge in seconds and count of each bin, and the mean of the whole time in seconds. */
  bins?: readonly (readonly [number, number])[];
  meanTotalSeconds?: number;
  /** Entered, converted, and conversions where they are counted, of each row. */
  trend?: readonly (readonly number[])[];
  /** Counts by value; `other` stands for those beyond the limit. */
  groups?: Readonly<Record<string, readonly number[]>>;
  /** Who reached each step, by a breakdown by person. */
  persons?: readonly (readonly string[] | null)[];
  correlation?: {
    converted: number;
    dropped: number;
    rows: readonly (readonly [key: string, converted: number, dropped: number, odds: number, direction: string])[];
  };
}

/** A question to a funnel of events with the answer it must have. @beta */
export interface EventFunnelCase {
  name: string;
  activities: readonly ActivityEvent[];
  records?: readonly EntityRecord[];
  definition: EventFunnelDefinition;
  question: EventFunnelQuestion;
  expected: EventExpectation;
}

/** With what a case is asked. @beta */
export const eventContextOf = ({ definition }: EventFunnelCase): AnswerContext => ({
  definitions: [definition],
  rights: OWNER_RIGHTS,
  asOf: '2030-01-01T00:00:00Z',
  timeZone: 'UTC',
});

/** A case from its parts, with the question's kind and funnel filled in. */
export function eventCase(
  name: string,
  part: Omit<EventFunnelCase, 'name' | 'question'> & { question?: Partial<EventFunnelQuestion> },
): EventFunnelCase {
  return { name, ...part, question: { kind: 'eventFunnel', funnel: part.definition.id, ...part.question } };
}

const seconds = (ms: number | null | undefined): number | null => (typeof ms === 'number' ? ms / 1000 : null);

/** An answer in the words of an expectation, as far as that says something. @beta */
export function seenInEvents(expected: EventExpectation, answer: EventFunnelAnswer): EventExpectation {
  const { steps, time, trend, breakdown, correlation, outcomes } = answer;
  const stated = <T>(values: readonly T[], said: readonly (T | null)[]): (T | null)[] =>
    values.map((value, i) => (said[i] === null || said[i] === undefined ? null : value));
  const groups = breakdown?.groups ?? [];
  return {
    ...(expected.counts && {
      counts: stated(
        steps.map(({ count }) => count),
        expected.counts,
      ),
    }),
    ...(expected.meanSeconds && {
      meanSeconds: stated(
        steps.map((s) => seconds(s.time?.mean.value)),
        expected.meanSeconds,
      ),
    }),
    ...(expected.medianSeconds && {
      medianSeconds: stated(
        steps.map((s) => seconds(s.time?.median.value)),
        expected.medianSeconds,
      ),
    }),
    ...(expected.outcomes && { outcomes }),
    ...(expected.bins && { bins: (time?.histogram ?? []).map(({ fromMs, count }) => [fromMs / 1000, count] as const) }),
    ...(expected.meanTotalSeconds !== undefined && { meanTotalSeconds: seconds(time?.mean.value) ?? Number.NaN }),
    ...(expected.trend && {
      trend: (trend?.rows ?? []).map(({ entered, converted, conversions }) =>
        conversions === undefined ? [entered, converted] : [entered, converted, conversions],
      ),
    }),
    ...(expected.groups && {
      groups: Object.fromEntries(
        groups.map((g) => [g.other ? 'other' : String(g.key), g.steps.map(({ count }) => count)]),
      ),
    }),
    ...(expected.persons && {
      persons: stated(
        steps.map((_, i) => groups.flatMap((g) => ((g.steps[i]?.count ?? 0) > 0 ? [String(g.key)] : [])).sort()),
        expected.persons,
      ),
    }),
    ...(expected.correlation &&
      correlation && {
        correlation: {
          converted: correlation.converted,
          dropped: correlation.dropped,
          rows: correlation.rows.map(
            (r) => [String(r.key), r.converted, r.dropped, Number(r.odds.toFixed(12)), r.direction] as const,
          ),
        },
      }),
  };
}
