import type { NullReason } from '../contracts/index.ts';
import { InputError } from '../errors.ts';

/** One value, one value so many times, or null for what never happened (or not yet). @beta */
export type Values = readonly (number | null | readonly [value: number | null, count: number])[];

/** The value of another KPI, which may be missing for a reason. @beta */
export type Factor = number | { readonly value: null; readonly reason: NullReason };

/** What each kind of input holds. */
interface InputTypes {
  /** A whole number from 0. Parts add up. */
  count: number;
  /** Money in minor units, or another sum. Parts add up. */
  amount: number;
  /** An amount from 0. */
  positive: number;
  /** An average, share or other figure that does not add up. */
  factor: Factor;
  /** Single values, for quantiles. */
  values: Values;
  /** One number for each segment or item, in the order of its partner. */
  series: readonly number[];
  /** A set. */
  names: readonly string[];
  /** Amounts from 0 by name. Parts add up by name. */
  tally: Readonly<Record<string, number>>;
  /** Weights by name. */
  weights: Readonly<Record<string, number>>;
  /** Score (0 to 100, null when unknown) and weight by name. */
  dimensions: Readonly<Record<string, readonly [score: number | null, weight: number]>>;
}

/** What an input of a KPI holds. @beta */
export type InputKind = keyof InputTypes;
/** A kind; with `?` the input may be left out. @beta */
export type InputSpec = InputKind | `${InputKind}?`;
/** The inputs of a KPI by name. @beta */
export type InputSpecs = Readonly<Record<string, InputSpec>>;
/** The value of an input of any kind. @beta */
export type InputValue = InputTypes[InputKind];

type Required<S extends InputSpecs> = { readonly [K in keyof S as S[K] extends InputKind ? K : never]: KindType<S[K]> };
type Optional<S extends InputSpecs> = {
  readonly [K in keyof S as S[K] extends InputKind ? never : K]?: KindType<S[K]> | undefined;
};
type KindType<T> = T extends InputKind
  ? InputTypes[T]
  : T extends `${infer K extends InputKind}?`
    ? InputTypes[K]
    : never;

/** The inputs of a specification, as a type. @beta */
export type InputsOf<S extends InputSpecs> = string extends keyof S
  ? Readonly<Record<string, InputValue | undefined>>
  : Required<S> & Optional<S>;

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isPositive = (value: unknown): boolean => isNumber(value) && value >= 0;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTally = (value: unknown): boolean => isRecord(value) && Object.values(value).every(isPositive);

/** What a value of each kind is, in words, and whether one is. */
const KINDS: Readonly<Record<InputKind, { words: string; fits: (value: unknown) => boolean }>> = {
  count: { words: 'a whole number, 0 or more', fits: isCount },
  amount: { words: 'a finite number', fits: isNumber },
  positive: { words: 'a finite number, 0 or more', fits: isPositive },
  factor: {
    words: 'a finite number, or { value: null, reason }',
    fits: (v) => isNumber(v) || (isRecord(v) && v['value'] === null && typeof v['reason'] === 'string'),
  },
  values: {
    words: 'a list of finite numbers, null for what never happened, or [value, count]',
    fits: (v) =>
      Array.isArray(v) &&
      v.every((one: unknown) =>
        Array.isArray(one)
          ? one.length === 2 && (one[0] === null || isNumber(one[0])) && isCount(one[1])
          : one === null || isNumber(one),
      ),
  },
  series: { words: 'a list of finite numbers', fits: (v) => Array.isArray(v) && v.every(isNumber) },
  names: { words: 'a list of names', fits: (v) => Array.isArray(v) && v.every((one) => typeof one === 'string') },
  tally: { words: 'numbers by name, 0 or more', fits: isTally },
  weights: { words: 'weights by name, 0 or more', fits: isTally },
  dimensions: {
    words: 'for each name [score from 0 to 100 or null, weight]',
    fits: (v) =>
      isRecord(v) &&
      Object.values(v).every(
        (one) =>
          Array.isArray(one) &&
          one.length === 2 &&
          (one[0] === null || (isPositive(one[0]) && Number(one[0]) <= 100)) &&
          isPositive(one[1]),
      ),
  },
};

/** The kind of a specification, and whether the input may be left out. */
export function specOf(spec: InputSpec): { kind: InputKind; optional: boolean } {
  const name = spec.replace('?', '');
  return { kind: isKind(name) ? name : 'amount', optional: spec.endsWith('?') };
}

const isKind = (name: string): name is InputKind => Object.hasOwn(KINDS, name);

/** @throws InputError naming the input that is missing, unknown or of another kind. */
export function checkInputs(specs: InputSpecs, inputs: Readonly<Record<string, unknown>>, name = 'inputs'): void {
  const known = Object.keys(specs).join(', ');
  for (const key of Object.keys(inputs)) {
    if (!Object.hasOwn(specs, key)) throw new InputError(`${name}.${key}`, 'is not known', `give ${known}`);
  }
  for (const [key, spec] of Object.entries(specs)) {
    const { kind, optional } = specOf(spec);
    const { words, fits } = KINDS[kind];
    const value = Object.hasOwn(inputs, key) ? inputs[key] : undefined;
    if (value === undefined) {
      if (optional) continue;
      throw new InputError(`${name}.${key}`, 'is missing', `give ${words}`);
    }
    if (!fits(value)) throw new InputError(`${name}.${key}`, `is not ${words}`, `give ${words}`);
  }
}
