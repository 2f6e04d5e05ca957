import * as z from 'zod/mini';

const JsonObject = z.record(z.string(), z.unknown());

/** The text of each field of a JSON object, as a CSV would have it; null where there is no value. */
export type FlatObject = Map<string, string | null>;

/**
 * Reads one JSON object into flat fields: nested objects by dotted names (`properties.amount`),
 * lists as JSON text. Throws an Error that says what is wrong; a whole number beyond 2^53 is
 * refused because it would silently become another number.
 */
export function flattenObject(text: string): FlatObject {
  const parsed = JsonObject.safeParse(JSON.parse(text));
  if (!parsed.success || Array.isArray(parsed.data)) throw new Error('the row is not a JSON object');
  const flat: FlatObject = new Map();
  add(flat, '', parsed.data, 0);
  return flat;
}

function add(flat: FlatObject, prefix: string, object: Record<string, unknown>, depth: number): void {
  for (const [key, value] of Object.entries(object)) {
    const name = prefix + key;
    if (value === null || value === undefined) flat.set(name, null);
    else if (typeof value === 'string') flat.set(name, value);
    else if (typeof value === 'number') {
      if (Number.isInteger(value) && !Number.isSafeInteger(value)) throw new Error(`${name}: the number is too large to be kept exactly; write it as a string`);
      flat.set(name, String(value));
    } else if (typeof value === 'boolean') flat.set(name, String(value));
    else {
      const nested = Array.isArray(value) ? undefined : JsonObject.safeParse(value);
      if (nested?.success && depth < 4) add(flat, `${name}.`, nested.data, depth + 1);
      else flat.set(name, JSON.stringify(value));
    }
  }
}
