/**
 * The form of a value as data: what a schema of the contracts says, in a tenth of its bytes.
 * `shapes.ts` is generated from those schemas, and a test proves that both accept the same.
 */
export type Shape =
  /** A name of `PLAIN`; `=a b` for one of these strings; `==1` for this number; `/^x$` for a string like it. */
  | string
  /** A shape by its place in the list of those used more than once. */
  | number
  /** A list of entries, of at most so many. */
  | readonly [entry: Shape, most?: number]
  /** Fields by name; one that ends in `?` may be absent, others are not looked at. `|` stands for a choice, `*` for any field. */
  | Fields
  | { readonly '|': readonly Shape[] };
type Fields = { readonly [name: string]: Shape };

/** Where a value differs from its shape. */
export interface Mismatch {
  path: readonly (string | number)[];
  expected: string;
}

const PLAIN: Readonly<Record<string, (value: unknown) => string | false>> = {
  any: () => false,
  null: (value) => value !== null && 'null',
  boolean: (value) => typeof value !== 'boolean' && 'a boolean',
  string: (value) => typeof value !== 'string' && 'a string',
  text: (value) => (typeof value !== 'string' || value === '') && 'a string that is not empty',
  number: (value) => !Number.isFinite(value) && 'a number',
  int: (value) => !Number.isSafeInteger(value) && 'a whole number',
  count: (value) => (!Number.isSafeInteger(value) || Number(value) < 0) && 'a whole number from 0 on',
};

/** What a value that is none of these should be. */
function plain(shape: string, value: unknown): string | false {
  const rest = shape.slice(1);
  if (shape.startsWith('==')) return value !== Number(shape.slice(2)) && `one of ${shape.slice(2)}`;
  if (shape.startsWith('=')) {
    const all = rest.split(' ');
    return !all.some((one) => one === value) && `one of ${all.join(', ')}`;
  }
  if (shape.startsWith('/')) {
    return !(typeof value === 'string' && new RegExp(rest, 'u').test(value)) && `a string like ${rest}`;
  }
  return PLAIN[shape]?.(value) ?? false;
}

/** The first difference, or the deepest of a choice; `null` when the value has this shape. */
export function mismatch(
  shape: Shape,
  value: unknown,
  refs: readonly Shape[],
  path: Mismatch['path'] = [],
): Mismatch | null {
  const differs = (expected: string | false): Mismatch | null => (expected === false ? null : { path, expected });
  const within = (fields: Iterable<readonly [string | number, Shape, unknown]>): Mismatch | null => {
    for (const [key, field, entry] of fields) {
      const found = mismatch(field, entry, refs, [...path, key]);
      if (found !== null) return found;
    }
    return null;
  };
  if (typeof shape === 'string') return differs(plain(shape, value));
  if (typeof shape === 'number') return mismatch(refs[shape] ?? 'any', value, refs, path);
  if (isList(shape)) {
    const [entry, most = Infinity] = shape;
    if (!Array.isArray(value)) return differs('a list');
    return value.length > most
      ? differs(`at most ${most} entries`)
      : within(value.map((one: unknown, i) => [i, entry, one]));
  }
  if (isChoice(shape)) {
    const all = shape['|'].map((one) => mismatch(one, value, refs, path));
    if (all.includes(null)) return null;
    return all.reduce((a, b) => ((b?.path.length ?? 0) > (a?.path.length ?? 0) ? b : a)) ?? null;
  }
  if (!isObject(value)) return differs('an object');
  const any = shape['*'];
  if (any !== undefined) return within(Object.entries(value).map(([key, entry]) => [key, any, entry]));
  return within(
    Object.entries(shape).flatMap(([name, field]) => {
      const key = name.replace('?', '');
      const entry = Object.hasOwn(value, key) ? value[key] : undefined;
      return entry === undefined && name !== key ? [] : [[key, field, entry] as const];
    }),
  );
}

const isList = (shape: Shape): shape is Extract<Shape, readonly unknown[]> => Array.isArray(shape);
const isChoice = (shape: Exclude<Shape, string | number>): shape is Extract<Shape, { '|': readonly Shape[] }> =>
  '|' in shape;

/** Whether this is an object with keys, and no list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
