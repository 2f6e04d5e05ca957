/**
 * A text as an SQL literal. Every well-formed text comes back unchanged: quotes are
 * doubled, and a NUL, which would end the statement for the driver, is written by `chr(0)`.
 * @beta
 */
export function text(value: string): string {
  const quoted = (part: string): string => `'${part.replaceAll("'", "''")}'`;
  const parts = value.split('\0');
  return parts.length === 1 ? quoted(value) : `(${parts.map(quoted).join(' || chr(0) || ')})`;
}

/** A name as an SQL identifier. Throws a RangeError on a NUL, which no identifier can hold. @beta */
export function identifier(name: string): string {
  if (name.includes('\0')) throw new RangeError('a name with a NUL character cannot be an SQL identifier');
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * SQL of whether a text is one of some, null for no text. Not `IN`, which DuckDB makes a join when
 * the values are many, and a join gives rows in any order.
 */
export function oneOf(value: string, values: readonly string[]): string {
  const [only] = values;
  if (only !== undefined && values.length === 1) return `(${value} = ${text(only)})`;
  return `list_contains([${values.map(text).join(', ')}], ${value})`;
}

/** A whole number as a literal. Throws a RangeError on anything else. */
export function integer(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number`);
  return String(value);
}
