import type { Criteria, FieldTest, Scalar } from '../contracts/index.ts';
import { compileCriteria, type CriteriaContext } from './evaluate.ts';

/** Why a test is false: the field is missing, is of another type than the value, or says otherwise. @public */
export type TestFailure = 'missing' | 'other-type' | 'not-met';

/** One test with what the record says. @public */
export interface ExplainedTest {
  kind: 'test';
  holds: boolean;
  test: FieldTest;
  /** The value of the field; null when it is missing. */
  value: Scalar;
  /** Set where the test is false. */
  failure?: TestFailure;
}

/** Criteria with the result of each part, in their own order and shape. @public */
export type Explanation =
  | ExplainedTest
  | { kind: 'all' | 'any'; holds: boolean; parts: Explanation[] }
  | { kind: 'not'; holds: boolean; part: Explanation };

/**
 * Evaluates criteria for one record and keeps the result of every part. `holds` of the whole equals
 * the answer of `compileCriteria`; no part is skipped once the result is known.
 *
 * @param read the value of a field; undefined and null both mean missing.
 * @public
 */
export function explainCriteria(
  criteria: Criteria,
  read: (field: string) => Scalar | undefined,
  context: CriteriaContext,
): Explanation {
  if ('all' in criteria) {
    const parts = criteria.all.map((c) => explainCriteria(c, read, context));
    return { kind: 'all', holds: parts.every((p) => p.holds), parts };
  }
  if ('any' in criteria) {
    const parts = criteria.any.map((c) => explainCriteria(c, read, context));
    return { kind: 'any', holds: parts.some((p) => p.holds), parts };
  }
  if ('not' in criteria) {
    const part = explainCriteria(criteria.not, read, context);
    return { kind: 'not', holds: !part.holds, part };
  }
  const value = read(criteria.field) ?? null;
  const holds = compileCriteria(criteria, () => () => value, context)(0);
  const head: ExplainedTest = { kind: 'test', holds, test: criteria, value };
  return holds ? head : { ...head, failure: failureOf(criteria, value) };
}

function failureOf(test: FieldTest, value: Scalar): TestFailure {
  if (value === null) return 'missing';
  return typesOf(test).includes(typeof value) ? 'not-met' : 'other-type';
}

function typesOf(test: FieldTest): string[] {
  if ('present' in test) return ['string', 'number', 'boolean'];
  if ('eq' in test) return [typeof test.eq];
  if ('in' in test) return test.in.map((v) => typeof v);
  if ('gt' in test) return [typeof test.gt];
  if ('gte' in test) return [typeof test.gte];
  if ('lt' in test) return [typeof test.lt];
  if ('lte' in test) return [typeof test.lte];
  return ['string'];
}

/**
 * The tests that decide the result: with the others as they are, it could only change by changing
 * some of these. In the order of the criteria.
 * @public
 */
export function decisiveTests(explanation: Explanation): ExplainedTest[] {
  if (explanation.kind === 'test') return [explanation];
  if (explanation.kind === 'not') return decisiveTests(explanation.part);
  // A true `any` and a false `all` rest on the parts that made them so, the others on all parts.
  return explanation.parts.filter((p) => p.holds === explanation.holds).flatMap(decisiveTests);
}
