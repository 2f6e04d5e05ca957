import type { KpiValue } from '../contracts/index.ts';
import { InputError } from '../errors.ts';
import { checkInputs, specOf, type Factor, type InputKind, type InputValue } from './inputs.ts';
import type { Kpi } from './kpi.ts';

/** The statistics of one part of a whole; in place of an average stand the statistics it is computed from. @beta */
export interface KpiPart {
  readonly [input: string]: InputValue | KpiPart | undefined;
}

/**
 * The value of a whole from the statistics of its parts: sums are added, single values joined, and the value is
 * computed anew. Values of parts are never averaged. For a figure that does not add up, give the statistics of the KPI
 * it comes from: `{ opportunities: 40, winRate: { won: 10, lost: 30 }, … }`.
 *
 * @throws InputError for inputs that cannot be put together, and those that `evaluate` refuses.
 * @beta
 */
export function rollUp(kpi: Kpi, parts: readonly KpiPart[]): KpiValue {
  return kpi.evaluate(combineParts(kpi, parts));
}

/** The inputs of a whole from those of its parts; see {@link rollUp}. @beta */
export function combineParts(kpi: Kpi, parts: readonly KpiPart[]): Record<string, InputValue> {
  if (parts.length === 0) throw new InputError('parts', 'is empty', 'give the statistics of at least one part');
  const whole: Record<string, InputValue> = {};
  for (const [key, spec] of Object.entries(kpi.inputs)) {
    const given = parts.map((part) => part[key]);
    const missing = given.findIndex((value) => value === undefined);
    const { kind, optional } = specOf(spec);
    if (missing !== -1) {
      if (optional && given.every((value) => value === undefined)) continue;
      throw new InputError(
        `parts.${missing}.${key}`,
        'is missing',
        optional ? 'give it for every part or for none' : 'give it for every part',
      );
    }
    const inner = kpi.parts?.[key];
    const nested = given.filter(isPart);
    if (inner !== undefined && nested.length === given.length) {
      whole[key] = factorOf(rollUp(inner, nested));
      continue;
    }
    parts.forEach((part, i) => checkInputs({ [key]: spec }, { [key]: part[key] }, `parts.${i}`));
    whole[key] = combine(key, kind, given, inner);
  }
  for (const key of parts.flatMap((part) => Object.keys(part))) {
    if (!Object.hasOwn(kpi.inputs, key)) checkInputs(kpi.inputs, { [key]: 0 }, 'parts');
  }
  return whole;
}

/** Statistics in place of an average; a missing average (`{ value: null, reason }`) is none. */
function isPart(value: InputValue | KpiPart | undefined): value is KpiPart {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !('reason' in value && 'value' in value)
  );
}

function combine(
  key: string,
  kind: InputKind,
  given: readonly (InputValue | KpiPart | undefined)[],
  inner: Kpi | undefined,
): InputValue {
  switch (kind) {
    case 'count':
    case 'amount':
    case 'positive':
      return given.reduce<number>((sum, value) => sum + Number(value), 0);
    case 'values':
    case 'series':
      return given.flatMap((value) => (isNumbers(value) ? value : []));
    case 'names':
      return [...new Set(given.flatMap((value) => (isNames(value) ? value : [])))];
    case 'tally':
      return addTallies(given);
    default: {
      const texts = new Set(given.map((value) => JSON.stringify(value)));
      const [same] = given;
      if (texts.size === 1 && same !== undefined && !isPart(same)) return same;
      const [first] = given;
      if (texts.size === 1 && isWeights(first)) return first;
      throw new InputError(
        `parts.${key}`,
        'differs between the parts and does not add up',
        inner === undefined
          ? 'give each part the same'
          : `give the statistics it is computed from: ${Object.keys(inner.inputs).join(', ')}`,
      );
    }
  }
}

const isNumbers = (value: unknown): value is (number | null)[] => Array.isArray(value) && typeof value[0] !== 'string';
const isNames = (value: unknown): value is string[] => Array.isArray(value) && typeof value[0] === 'string';
const isWeights = (value: unknown): value is Readonly<Record<string, number>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function addTallies(given: readonly unknown[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const tally of given) {
    if (!isWeights(tally)) continue;
    for (const [name, amount] of Object.entries(tally)) sums[name] = (sums[name] ?? 0) + amount;
  }
  return sums;
}

/** A factor of a whole: the value of another KPI, or why there is none. @beta */
export const factorOf = ({ result }: KpiValue): Factor =>
  result.value === null ? { value: null, reason: result.reason } : result.value;
