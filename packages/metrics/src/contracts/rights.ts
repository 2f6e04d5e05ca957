import * as z from 'zod/mini';
import { Criteria } from './criteria.ts';

/** What a reader may see. Row filters are part of the innermost query and cannot be widened. @public */
export const Rights = z.strictObject({
  tenant: z.string(),
  /** Question kinds the reader may ask. */
  scopes: z.array(z.string()),
  rows: z.optional(Criteria),
  caps: z.array(z.enum(['drill', 'export', 'act'])),
});
export type Rights = z.infer<typeof Rights>;

/** The rights of the owner of a local store: everything, one tenant. @public */
export const OWNER_RIGHTS: Rights = { tenant: 'default', scopes: ['*'], caps: ['drill', 'export', 'act'] };
