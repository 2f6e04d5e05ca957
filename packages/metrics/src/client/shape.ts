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
export function mismatch(shape: Shape, value: unknown, refs: readonly Shape[]): Mismatch | null {
  if (typeof shape === 'number') return mismatch(refs[shape] ?? 'anything', value, refs);
  if (typeof shape === 'string') return plainMismatch(shape, value);
  const within = (key: string | number, field: Shape, entry: unknown): Mismatch | null => {
    const found = mismatch(field, entry, refs);
    // What fits, which is nearly all, pays for no path.
    return found && { ...found, path: [key, ...found.path] };
  };
  if (isList(shape)) {
    const [entry, most = Infinity] = shape;
    if (!Array.isArray(value)) return other('a list');
    if (value.length > most) return other(`at most ${most} entries`);
    return firstOf(value, (one, i) => within(i, entry, one));
  }
  if (isChoice(shape)) {
    let deepest: Mismatch | null = null;
    for (const one of shape['|']) {
      const found = mismatch(one, value, refs);
      if (found === null) return null;
      if (found.path.length > (deepest?.path.length ?? -1)) deepest = found;
    }
    return deepest;
  }
  if (!isObject(value)) return other('an object');
  const any = shape['*'];
  if (any !== undefined) return firstOf(Object.entries(value), ([key, entry]) => within(key, any, entry));
  return firstOf(Object.entries(shape), ([name, field]) => {
    const key = name.replace('?', '');
    const entry = Object.hasOwn(value, key) ? value[key] : undefined;
    return entry === undefined && name !== key ? null : within(key, field, entry);
  });
}

const other = (expected: string): Mismatch => ({ path: [], expected });

function firstOf<T>(all: readonly T[], look: (one: T, i: number) => Mismatch | null): Mismatch | null {
  for (const [i, one] of all.entries()) {
    const found = look(one, i);
    if (found !== null) return found;
  }
  return null;
}

function plainMismatch(shape: string, value: unknown): Mismatch | null {
  const rest = shape.slice(1);
  if (shape.startsWith('=')) {
    const all = rest.split(' ');
    return all.some((one) => one === value) ? null : other(`one of ${all.join(', ')}`);
  }
  if (shape.startsWith('/'))
    return typeof value === 'string' && new RegExp(rest, 'u').test(value) ? null : other(`a string like ${rest}`);
  return PLAIN[shape]?.(value) ? null : other(shape);
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
