import * as z from 'zod/mini';
import { Criteria } from './criteria.ts';
import { Key } from './primitives.ts';

/** A part of the records that a definition offers to choose. @public */
export const Segment = z.strictObject({ id: Key, label: z.optional(z.string()), where: Criteria });
export type Segment = z.infer<typeof Segment>;
