const identities = new WeakMap<object, string>();

/**
 * A name for a function or object of the page, so that only readers with the same rights share an
 * answer. Random, so that two copies of this module never agree by accident.
 */
export function identityOf(value: object | undefined): string {
  if (value === undefined) return '';
  const known = identities.get(value) ?? Math.random().toString(36).slice(2);
  identities.set(value, known);
  return known;
}
