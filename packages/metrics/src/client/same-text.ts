import { isObject } from './shape.ts';

/** A value as JSON, the same whatever the order of its fields. */
export function sameText(value: unknown): string {
  return JSON.stringify(value, (_key, field: unknown) =>
    isObject(field) ? Object.fromEntries(Object.entries(field).toSorted(([a], [b]) => (a < b ? -1 : 1))) : field,
  );
}
