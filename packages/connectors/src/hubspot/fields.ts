import type { AttributeRule } from '@sama/metrics/contracts';
import type { Property } from './shapes.ts';

/** Attributes of a mapping that are read from properties of the same name. */
export interface Attributes {
  names: readonly string[];
  rules: Record<string, AttributeRule>;
  notes: readonly string[];
}

const TYPES: Readonly<Record<string, AttributeRule['type']>> = {
  number: 'number',
  bool: 'boolean',
  date: 'date',
  datetime: 'date',
};

/** Those of `usual` the account has, and those of `wished`, of which a missing one is told. */
export function attributesOf(
  object: string,
  properties: readonly Property[],
  usual: readonly string[],
  wished: readonly string[] = [],
): Attributes {
  const known = new Map(properties.map((property) => [property.name, property]));
  const names = [...new Set([...usual, ...wished])].filter((name) => known.has(name));
  const rules = names.map((name): [string, AttributeRule] => {
    const type = TYPES[known.get(name)?.type ?? ''];
    return [name, type === undefined ? { column: name } : { column: name, type }];
  });
  const notes = wished
    .filter((name) => !known.has(name))
    .map((name) => `${object} has no property "${name}"; it was renamed or deleted, or may not be read.`);
  return { names, rules: Object.fromEntries(rules), notes };
}

/**
 * The properties in which HubSpot keeps when a stage was entered, by the value of the stage. Their
 * names are looked for, since those of custom stages end in a number nobody can foresee.
 */
export function stampsOf(properties: readonly Property[], values: readonly string[]): Map<string, string> {
  const stamps = new Map<string, string>();
  for (const { name } of properties) {
    const [, suffix] = /^hs_v2_date_entered_(.+)$/.exec(name) ?? /^hs_lifecyclestage_(.+)_date$/.exec(name) ?? [];
    if (suffix === undefined) continue;
    const value = values.find((value) => {
      const own = value.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
      return suffix === own || (suffix.startsWith(`${own}_`) && /^\d+$/.test(suffix.slice(own.length + 1)));
    });
    // The newer kind of stamp stands where there are both.
    if (value !== undefined && (!stamps.has(value) || name.startsWith('hs_v2_'))) stamps.set(value, name);
  }
  return stamps;
}
