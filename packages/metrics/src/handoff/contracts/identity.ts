import * as z from 'zod/mini';
import { Id } from '../../contracts/primitives.ts';

const Texts = z.array(z.string()).check(z.maxLength(50));

/** What a person can be recognised by. @beta */
export const KnownPerson = z.strictObject({
  id: Id,
  emails: z.optional(Texts),
  phones: z.optional(Texts),
  /** The records of this person in other systems. */
  records: z.optional(z.array(z.strictObject({ system: Id, recordId: Id }))),
  name: z.optional(z.string()),
  /** The domain of the company. Default: that of the first e-mail. */
  domain: z.optional(z.string()),
});
export type KnownPerson = z.infer<typeof KnownPerson>;

/** Two ids of one person: `from` is known as `into` from now on. @beta */
export const Merge = z.strictObject({ from: Id, into: Id });
export type Merge = z.infer<typeof Merge>;
