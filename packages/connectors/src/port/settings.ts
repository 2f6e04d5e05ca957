import { Key } from '@sama/metrics/contracts';
import * as z from 'zod/mini';

const Name = z.string().check(z.minLength(1), z.maxLength(200));

/** Which fields of the source a write-back sets, and to what. @beta */
export const WriteBackSettings = z.strictObject({
  /** The field of the state, and its values. */
  status: z.strictObject({ field: Name, accepted: z.string(), returned: z.string() }),
  /** The field that takes the reason of a return. */
  reason: z.optional(Name),
  /** The field that takes the day of acceptance. */
  salDate: z.optional(Name),
});
export type WriteBackSettings = z.infer<typeof WriteBackSettings>;

/** What a company says about its source. Everything has a default. @beta */
export const ConnectorSettings = z.strictObject({
  /** By field of the source (`lifecyclestage`, `Lead.Status`): which stage each value is; null = none. */
  stages: z.optional(z.record(Name, z.record(z.string(), z.nullable(Key)))),
  /** By object of the source (`contacts`, `Lead`): fields kept beside the default ones. */
  attributes: z.optional(z.record(Name, z.array(Name))),
  /** Streams to read. Default: all. */
  streams: z.optional(z.array(Name)),
  /** The field of a person that holds the id another source knows him by. Default: the source's own id. */
  personId: z.optional(Name),
  /** Stands before the source's own ids, which are small numbers of others too. */
  idPrefix: z.optional(z.string().check(z.maxLength(40))),
  writeBack: z.optional(WriteBackSettings),
});
export type ConnectorSettings = z.infer<typeof ConnectorSettings>;

/** What a connector must know of the house. @beta */
export interface Surroundings {
  /** Stages a mapping may name. */
  stages: readonly { key: string; label?: string }[];
  /** Assumed where the source names none. */
  currency: string;
  settings: ConnectorSettings;
}
