import * as z from 'zod/mini';
import { Instant, Key, Owner } from './primitives.ts';

/** Who agreed to a definition, for which team, and when. @public */
export const Agreement = z.strictObject({ team: z.string(), by: z.string(), at: Instant });

/** Three numbers: a change of meaning, a clarification, a change of words. @public */
export const SemVer = z
  .string()
  .check(z.regex(/^\d+\.\d+\.\d+$/, { error: 'a version has three numbers, such as 1.2.0' }));

/** The fields every kind of definition begins with. @public */
export const definitionHead = {
  id: Key,
  version: SemVer,
  label: z.optional(z.string()),
  description: z.optional(z.string()),
  owners: z.array(Owner, { error: 'name the teams that answer for it, such as ["marketing", "sales"]' }),
  agreedBy: z.optional(z.array(Agreement)),
};

export const DefinitionHead = z.object(definitionHead);
/** A definition of any kind, as far as it is named, hashed and referred to. @public */
export type DefinitionHead = z.infer<typeof DefinitionHead>;

/** A definition as an answer names it. @public */
export const DefinitionRef = z.object({
  id: z.string(),
  version: z.string(),
  hash: z.string(),
  agreed: z.optional(z.array(z.string())),
});
export type DefinitionRef = z.infer<typeof DefinitionRef>;
