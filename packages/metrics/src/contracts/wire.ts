import * as z from 'zod/mini';
import { ErrorCode } from './codes.ts';
import { Envelope } from './envelope.ts';
import { Owner, Version } from './primitives.ts';
import { Question } from './question.ts';

/** The most questions one batch may hold. @public */
export const MAX_QUESTIONS = 50;
/** The longest `q` of a GET, in characters of base64url. @public */
export const MAX_QUERY_LENGTH = 2048;
/** The largest body of a POST, in bytes. @public */
export const MAX_BODY_BYTES = 256 * 1024;

/** Names one answer: equal hashes, equal answers. Also the value of the ETag. @public */
export const AnswerHash = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]{8,128}$/, { error: 'a hash as an earlier answer gave it' }));

/** Several questions in one request. @public */
export const QueryBatch = z.strictObject({
  v: Version,
  questions: z.array(Question).check(z.minLength(1), z.maxLength(MAX_QUESTIONS)),
  /** Hashes of answers the reader still holds; those are answered `unchanged`. */
  known: z.optional(z.array(AnswerHash).check(z.maxLength(MAX_QUESTIONS))),
});
export type QueryBatch = z.infer<typeof QueryBatch>;

/** One answer of a batch: the envelope, or that the one the reader holds still stands. @public */
export const BatchAnswer = z.union([
  z.object({ hash: z.string(), unchanged: z.literal(true) }),
  /** Without a hash the answer is not to be kept. */
  z.object({ hash: z.optional(z.string()), envelope: Envelope }),
]);
export type BatchAnswer = z.infer<typeof BatchAnswer>;

/** The answers of a batch, in the order of its questions. @public */
export const QueryBatchAnswer = z.object({ v: Version, answers: z.array(BatchAnswer) });
export type QueryBatchAnswer = z.infer<typeof QueryBatchAnswer>;

/** What a refused request gets: an envelope without data. @public */
export const Refusal = z.object({
  v: Version,
  status: z.enum(['denied', 'error']),
  flags: z.array(z.never()),
  code: ErrorCode,
  message: z.string(),
  warnings: z.array(z.never()),
});
export type Refusal = z.infer<typeof Refusal>;

const Labelled = z.object({ key: z.string(), label: z.string() });

/** A definition as the server lists it. @public */
export const DefinitionSummary = z.object({
  kind: z.enum(['funnel', 'kpi', 'score', 'attribution']),
  id: z.string(),
  version: z.string(),
  hash: z.string(),
  label: z.string(),
  owners: z.array(Owner),
  /** Teams that agreed to this version. */
  agreedBy: z.array(z.string()),
  /** Of a funnel: whether it counts stages or events, and is asked by `funnel` or `eventFunnel`. Absent: `stage`. */
  mode: z.optional(z.enum(['stage', 'event'])),
  /** Of a funnel: the main line, first stage first; in event mode its steps. */
  stages: z.array(z.object({ key: z.string(), label: z.string(), owner: Owner })),
  side: z.array(Labelled),
  segments: z.array(Labelled),
});
export type DefinitionSummary = z.infer<typeof DefinitionSummary>;

/** A file of the elements, with the hash a page pins it by. @public */
export const ElementFile = z.object({ path: z.string(), url: z.string(), bytes: z.int(), integrity: z.string() });
export type ElementFile = z.infer<typeof ElementFile>;

/** What a server is and offers. @public */
export const Meta = z.object({
  v: Version,
  server: z.string(),
  engine: z.string(),
  /** Changes with every import. */
  dataVersion: z.string(),
  /** Changes with every event of the ledger; absent where none is kept. */
  ledgerVersion: z.optional(z.string()),
  /** The latest moment the data speaks of. */
  dataThrough: z.optional(z.string()),
  /** The moment an answer is true for when the question names none. */
  asOf: z.string(),
  timeZone: z.string(),
  demo: z.boolean(),
  definitions: z.array(DefinitionSummary),
  /** Question kinds this server answers. */
  questions: z.array(z.string()),
  /** `query`, `batch`, `live` (server-sent events), and what later servers add. */
  capabilities: z.array(z.string()),
  elements: z.object({ version: z.string(), files: z.array(ElementFile) }),
});
export type Meta = z.infer<typeof Meta>;

/** What an event of the name `data` on the live stream says. @public */
export const LiveEvent = z.object({
  v: Version,
  /** As in `Meta`. */
  dataVersion: z.string(),
  /** As in `Meta`. */
  ledgerVersion: z.optional(z.string()),
});
export type LiveEvent = z.infer<typeof LiveEvent>;
