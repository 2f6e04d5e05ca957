/** The text of each field of a JSON object, as a CSV would have it; null where there is no value. @beta */
export type FlatObject = Map<string, string | null>;

/**
 * Reads one JSON object into flat fields: nested objects by dotted names (`properties.amount`),
 * lists as JSON text. Throws an Error that says what is wrong; a whole number beyond 2^53 is
 * refused because it would silently become another number.
 * @beta
 */
export function flattenObject(text: string): FlatObject {
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw new Error('the row is not a JSON object');
  const flat: FlatObject = new Map();
  add(flat, '', value, 0);
  return flat;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function add(flat: FlatObject, prefix: string, object: object, depth: number): void {
  const entries: [string, unknown][] = Object.entries(object);
  for (const [key, value] of entries) {
    const name = prefix + key;
    if (value === null || value === undefined) flat.set(name, null);
    else if (typeof value === 'string') flat.set(name, value);
    else if (typeof value === 'number') {
      if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
        throw new Error(`${name}: the number is too large to be kept exactly; write it as a string`);
      }
      flat.set(name, String(value));
    } else if (isObject(value) && depth < 4) add(flat, `${name}.`, value, depth + 1);
    else flat.set(name, typeof value === 'boolean' ? String(value) : JSON.stringify(value));
  }
}
