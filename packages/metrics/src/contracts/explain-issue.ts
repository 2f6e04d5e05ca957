import type * as z from 'zod/mini';
import { en } from 'zod/locales';

const english = en().localeError;

/**
 * English for what a schema finds wrong, for `safeParse(value, { error: explainIssue })`. Of an unknown field it says
 * which ones there are, so that `faultsOf` can tell what to write instead.
 * @beta
 */
export const explainIssue: z.core.$ZodErrorMap = (issue) => {
  if (issue.code !== 'unrecognized_keys') return english(issue);
  const known = fieldsOfSchema(issue.inst);
  return known.length === 0 ? english(issue) : `use ${known.join(', ')}`;
};

function fieldsOfSchema(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null || !('_zod' in schema)) return [];
  const { _zod: inner } = schema;
  if (typeof inner !== 'object' || inner === null || !('def' in inner)) return [];
  const { def } = inner;
  const shape = typeof def === 'object' && def !== null && 'shape' in def ? def.shape : undefined;
  return typeof shape === 'object' && shape !== null ? Object.keys(shape) : [];
}
