import type { Envelope } from '@sama/metrics/contracts';

/** A person as far as a funnel tells them apart: the last stage reached, and what became of them there. */
export interface Standing {
  stage: number;
  outcome: string;
}

/** One number that was told, and of whom it is. */
export interface Told<P> {
  number: number;
  of: ReadonlySet<P>;
}

/** Every number in an answer, with the persons among these it counts. */
export function numbersOf<P extends Standing>({ data }: Envelope, cohort: readonly P[]): Told<P>[] {
  if (data?.kind !== 'funnel') return [];
  return data.stages.flatMap(({ missing, count, outcomes }, i) => {
    if (missing !== undefined) return [];
    const group = (number: number, holds: (person: P) => boolean) => ({ number, of: new Set(cohort.filter(holds)) });
    const resting = Object.entries(outcomes ?? {}).filter(([name]) => name !== 'advanced');
    const reached = group(count, ({ stage }) => stage >= i);
    const last = data.stages.length - 1;
    return [
      reached,
      ...(outcomes === undefined ? [] : [group(outcomes.advanced, ({ stage }) => stage > i || stage === last)]),
      ...resting.map(([name, number]) =>
        group(
          number,
          // Who is overdue is open too.
          ({ stage, outcome }) =>
            i < last && stage === i && (outcome === name || (name === 'open' && outcome === 'overdue')),
        ),
      ),
    ];
  });
}

/**
 * The smallest groups that any sum and difference of what was told can tell apart: persons that every number counts, or
 * leaves out, together. Whoever no number counts is in none.
 */
export function smallestGroups<P>(told: readonly Told<P>[], persons: readonly P[]): number[] {
  const groups = new Map<string, number>();
  for (const person of persons) {
    const signature = told.map(({ of }) => (of.has(person) ? '1' : '0')).join('');
    if (signature.includes('1')) groups.set(signature, (groups.get(signature) ?? 0) + 1);
  }
  return [...groups.values()];
}
