/**
 * The form of a value as data: what a schema of the contracts says, in a tenth of its bytes.
 * `shapes.ts` is generated from those schemas, and a test proves that both accept the same.
 */
export type Shape =
  | 'any'
  | 'string'
  | 'number'
  | 'int'
  | 'boolean'
  | 'null'
  /** One of these values. */
  | readonly (string | number | boolean | null)[]
  /** A string of at least `min` characters that fits `like`. */
  | { like?: string; min?: number }
  /** A number from here on. */
  | { from: number; int?: true }
  | { list: Shape; max?: number }
  | { record: Shape }
  /** Fields by name; a name that ends in `?` may be absent. Others are not looked at. */
  | { object: Readonly<Record<string, Shape>> }
  | { either: readonly Shape[] }
  /** A shape by its place in the list of those used more than once. */
  | number;

/** Where a value differs from its shape. */
export interface Mismatch {
  path: readonly (string | number)[];
  expected: string;
}

/** The first difference, or the deepest of a choice; `null` when the value has this shape. */
export function mismatch(
  shape: Shape,
  value: unknown,
  refs: readonly Shape[],
  path: readonly (string | number)[] = [],
): Mismatch | null {
  const differs = (expected: string): Mismatch => ({ path, expected });
  const check = (ok: boolean, expected: string) => (ok ? null : differs(expected));
  if (shape === 'any') return null;
  if (shape === 'null') return check(value === null, 'null');
  if (shape === 'int') return check(Number.isSafeInteger(value), 'a whole number');
  if (shape === 'number') return check(Number.isFinite(value), 'a number');
  if (typeof shape === 'string') return check(typeof value === shape, `a ${shape}`);
  if (typeof shape === 'number') return mismatch(refs[shape] ?? 'any', value, refs, path);
  if (isOneOf(shape))
    return check(
      shape.some((one) => one === value),
      `one of ${shape.join(', ')}`,
    );
  if ('from' in shape) {
    const number =
      typeof value === 'number' &&
      value >= shape.from &&
      (shape.int ? Number.isSafeInteger(value) : Number.isFinite(value));
    return check(number, `a ${shape.int ? 'whole ' : ''}number from ${shape.from} on`);
  }
  if ('either' in shape) {
    const all = shape.either.map((one) => mismatch(one, value, refs, path));
    if (all.includes(null)) return null;
    return all.reduce((a, b) => ((b?.path.length ?? 0) > (a?.path.length ?? 0) ? b : a)) ?? null;
  }
  if ('list' in shape) {
    if (!Array.isArray(value)) return differs('a list');
    if (value.length > (shape.max ?? Infinity)) return differs(`at most ${shape.max} entries`);
    return first(value, (entry, i) => mismatch(shape.list, entry, refs, [...path, i]));
  }
  if ('record' in shape || 'object' in shape) {
    if (!isObject(value)) return differs('an object');
    if ('record' in shape)
      return first(Object.entries(value), ([key, entry]) => mismatch(shape.record, entry, refs, [...path, key]));
    return first(Object.entries(shape.object), ([name, field]) => {
      const key = name.replace(/\?$/, '');
      const entry = Object.hasOwn(value, key) ? value[key] : undefined;
      return entry === undefined && name !== key ? null : mismatch(field, entry, refs, [...path, key]);
    });
  }
  const fits =
    typeof value === 'string' && value.length >= (shape.min ?? 0) && new RegExp(shape.like ?? '', 'u').test(value);
  return check(fits, shape.like === undefined ? 'a string that is not empty' : `a string like ${shape.like}`);
}

const isOneOf = (shape: Shape): shape is Extract<Shape, readonly unknown[]> => Array.isArray(shape);

/** Whether this is an object with keys, and no list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function first<T>(entries: readonly T[], look: (entry: T, i: number) => Mismatch | null): Mismatch | null {
  for (const [i, entry] of entries.entries()) {
    const found = look(entry, i);
    if (found !== null) return found;
  }
  return null;
}
