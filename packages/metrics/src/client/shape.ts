/**
 * The form of a value as data: what a schema of the contracts says, in a tenth of its bytes.
 * `shapes.ts` is generated from those schemas, and a test proves that both accept the same.
 */
export type Shape =
  /** What it is in words, of `PLAIN`; `=a b` for one of these strings; `/^x$` for a string like it. */
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

const PLAIN: Readonly<Record<string, (value: unknown) => boolean>> = {
  anything: () => true,
  null: (value) => value === null,
  1: (value) => value === 1,
  'a boolean': (value) => typeof value === 'boolean',
  'a string': (value) => typeof value === 'string',
  'a string that is not empty': (value) => typeof value === 'string' && value !== '',
  'a number': Number.isFinite,
  'a whole number': Number.isSafeInteger,
  'a whole number from 0 on': (value) => Number.isSafeInteger(value) && Number(value) >= 0,
};

/** The first difference, or the deepest of a choice; `null` when the value has this shape. */
export function mismatch(
  shape: Shape,
  value: unknown,
  refs: readonly Shape[],
  path: Mismatch['path'] = [],
): Mismatch | null {
  const unless = (fits: boolean | undefined, expected: string): Mismatch | null => (fits ? null : { path, expected });
  const within = (fields: Iterable<readonly [string | number, Shape, unknown]>): Mismatch | null => {
    for (const [key, field, entry] of fields) {
      const found = mismatch(field, entry, refs, [...path, key]);
      if (found !== null) return found;
    }
    return null;
  };
  if (typeof shape === 'number') return mismatch(refs[shape] ?? 'anything', value, refs, path);
  if (typeof shape === 'string') {
    const rest = shape.slice(1);
    if (shape.startsWith('=')) {
      const all = rest.split(' ');
      return unless(
        all.some((one) => one === value),
        `one of ${all.join(', ')}`,
      );
    }
    return shape.startsWith('/')
      ? unless(typeof value === 'string' && new RegExp(rest, 'u').test(value), `a string like ${rest}`)
      : unless(PLAIN[shape]?.(value), shape);
  }
  if (isList(shape)) {
    const [entry, most = Infinity] = shape;
    if (!Array.isArray(value)) return unless(false, 'a list');
    return value.length > most
      ? unless(false, `at most ${most} entries`)
      : within(value.map((one: unknown, i) => [i, entry, one]));
  }
  if (isChoice(shape)) {
    const all = shape['|'].map((one) => mismatch(one, value, refs, path));
    return all.includes(null)
      ? null
      : all.reduce((a, b) => ((b?.path.length ?? -1) > (a?.path.length ?? -1) ? b : a), null);
  }
  if (!isObject(value)) return unless(false, 'an object');
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

/** `stages[2].count: expected a whole number from 0 on`. */
export function wordsOf(found: Mismatch | null): string {
  const where = (found?.path ?? []).map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return `${where.replace(/^\./, '') || 'the whole'}: expected ${found?.expected ?? 'something else'}`;
}
