import { ImportMapping, ImportReport } from '@sama/metrics/contracts';
import * as z from 'zod/mini';

/** What somebody wants to upload. */
export const UploadRequest = z.strictObject({
  v: z.literal(1),
  /** Shown as the batch's origin: a name, never a path. */
  file: z.string().check(
    z.regex(/^(?!\.{1,2}$)[^\\/\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]{1,200}$/u, {
      error: 'a file name without folders and control characters, at most 200 bytes',
    }),
    z.refine((name) => new TextEncoder().encode(name).byteLength <= 200, {
      error: 'a file name without folders and control characters, at most 200 bytes',
    }),
  ),
  /** Not needed for Sama's own JSON. */
  mapping: z.optional(ImportMapping),
  dryRun: z.optional(z.boolean()),
});
export type UploadRequest = z.infer<typeof UploadRequest>;

/** How an upload stands. */
export const UploadState = z.enum(['waiting', 'receiving', 'queued', 'running', 'done', 'failed']);
export type UploadState = z.infer<typeof UploadState>;

/** An upload as its sender sees it. */
export const UploadJob = z.object({
  v: z.literal(1),
  id: z.string(),
  file: z.string(),
  dryRun: z.boolean(),
  /** `waiting` = for the content; `queued` = another import is running. */
  state: UploadState,
  /** Bytes that have come, or rows of a phase. */
  progress: z.optional(z.object({ phase: z.string(), done: z.number(), total: z.optional(z.number()) })),
  /** When it is `done`. Where all refused rows are listed: `/imports/{id}/rejects`. */
  report: z.optional(ImportReport),
  /** Why it `failed`, with the remedy. The store is then as it was. */
  error: z.optional(z.string()),
});
export type UploadJob = z.infer<typeof UploadJob>;
