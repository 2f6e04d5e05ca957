import * as z from 'zod/mini';
import { HandoffStatus } from '../handoff/contracts/words.ts';
import { Id, TimeZone, Version } from './primitives.ts';
import { PeriodText } from './question-frame.ts';
import { Rating } from './score-fields.ts';

/** The most rows of one answer. @beta */
export const MAX_HANDOFF_ROWS = 500;

/**
 * Which hand-offs: those the reader has to act on, those of the reader's team, those sales gave back, those with a
 * clock that is used up, or all, finished ones included.
 * @beta
 */
export const HandoffView = z.enum(['mine', 'team', 'returned', 'breached', 'all']);
export type HandoffView = z.infer<typeof HandoffView>;

const few = <T extends z.ZodMiniType>(one: T) => z.optional(z.array(one).check(z.minLength(1), z.maxLength(50)));

/** Narrows a view. Each field that is given has to fit. @beta */
export const HandoffFilter = z.strictObject({
  /** Words of name, role or company; each has to begin one. */
  text: z.optional(z.string().check(z.maxLength(200))),
  ratings: few(Rating),
  statuses: few(HandoffStatus),
  sources: few(Id),
  campaigns: few(Id),
  pools: few(Id),
  sellers: few(Id),
});
export type HandoffFilter = z.infer<typeof HandoffFilter>;

/** `rating`: best first, then by due instant. `due`: most urgent first. `newest`: last changed first. @beta */
export const HandoffSort = z.enum(['rating', 'due', 'newest']);
export type HandoffSort = z.infer<typeof HandoffSort>;

/** Asks how hand-offs stand now: a ledger has no other moment. @beta */
export const HandoffsQuestion = z
  .strictObject({
    kind: z.literal('handoffs'),
    v: z.optional(Version),
    timeZone: z.optional(TimeZone),
    /** A page of a view, everything about one hand-off, or why hand-offs came back. Default: `list`. */
    show: z.optional(z.enum(['list', 'detail', 'returns'])),
    /** Of a list. Default: `mine`. */
    view: z.optional(HandoffView),
    filter: z.optional(HandoffFilter),
    /** Default: `rating`. */
    sort: z.optional(HandoffSort),
    /** Rows to leave out before the first. Default: 0. */
    offset: z.optional(z.int().check(z.nonnegative())),
    /** Default: 100. */
    limit: z.optional(z.int().check(z.minimum(0), z.maximum(MAX_HANDOFF_ROWS))),
    /** Of a detail: which one. */
    handoff: z.optional(Id),
    /** Of returns: one group for all, or one for each source or campaign. Default: `all`. */
    by: z.optional(z.enum(['all', 'source', 'campaign'])),
    /** Of returns: when the hand-off was returned. Default: all time. */
    period: z.optional(PeriodText),
  })
  .check(
    z.refine(({ show, handoff }) => (show === 'detail') === (handoff !== undefined), {
      path: ['handoff'],
      error: 'a detail, and nothing else, names a hand-off',
    }),
  );
export type HandoffsQuestion = z.infer<typeof HandoffsQuestion>;
