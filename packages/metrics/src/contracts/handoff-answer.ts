import * as z from 'zod/mini';
import { ClockKey, HandoffStatus } from '../handoff/contracts/words.ts';
import { HandoffView } from './handoff-question.ts';
import { Touch } from './lead-card.ts';

const Count = z.int().check(z.nonnegative());
const Text = z.nullable(z.string());
const Named = z.object({ id: z.string(), name: z.string() });
/** A label is the company's own where it is not Sama's for this code: shown as it is in every language. */
const own = z.optional(z.literal(true));
const Team = z.enum(['marketing', 'sales', 'ops']);

/** Who asks, as the ledger knows them; absent where nobody is signed in. @beta */
export const Reader = z.object({ id: z.string(), name: z.string(), team: z.string(), role: z.string() });
export type Reader = z.infer<typeof Reader>;

/**
 * A clock as a page needs it to tick by itself: it compares the instants with its own clock, corrected by the `asOf`
 * of the answer, and counts no business time.
 * @beta
 */
export const ClockFace = z.object({
  clock: ClockKey,
  /** Who has to keep it. */
  accountable: Team,
  state: z.enum(['running', 'paused', 'stopped']),
  /** When it is used up; null while it stands still without an end, or where no calendar is known. */
  dueAt: Text,
  /** When it begins to be urgent. */
  atRiskAt: Text,
  /** Whether it was used up at `asOf`, or when it stopped. */
  breached: z.boolean(),
});
export type ClockFace = z.infer<typeof ClockFace>;

const head = {
  id: z.string(),
  /** What a command on it names as `expectedVersion`. */
  version: Count,
  status: HandoffStatus,
  rating: Text,
  /** Who has to act; null at the end. `person` is null where a pool has it. */
  owner: z.nullable(
    z.object({ team: z.enum(['marketing', 'sales']), person: z.nullable(Named), pool: z.nullable(Named) }),
  ),
  /** Who did what last, for "Accepted by Dana 4 s ago". */
  last: z.object({ type: z.string(), by: Named, at: z.string() }),
};

/** One row of a list. @beta */
export const HandoffRow = z.object({
  ...head,
  /** Null where it is not known, or not to be seen by this reader. */
  name: Text,
  role: Text,
  company: Text,
  /** Why now: what the lead did last. */
  why: z.nullable(z.object({ what: z.string(), at: z.string() })),
  /** The running clock that is due first; null where none runs. */
  clock: z.nullable(ClockFace),
  /** Actions this reader may take now, `accept`. */
  can: z.array(z.string()),
});
export type HandoffRow = z.infer<typeof HandoffRow>;

/** A page of a view. @beta */
export const HandoffList = z.object({
  kind: z.literal('handoffs'),
  show: z.literal('list'),
  /** Changes with every event of the ledger. */
  ledger: Count,
  me: z.optional(Reader),
  /** Whether names and contact data are left out for this reader. */
  masked: z.boolean(),
  view: HandoffView,
  /** Of each view, of those that fit the filter. */
  counts: z.object({ mine: Count, team: Count, returned: Count, breached: Count, all: Count }),
  /** Rows of this view that fit the filter. */
  total: Count,
  offset: Count,
  rows: z.array(HandoffRow),
});
export type HandoffList = z.infer<typeof HandoffList>;

/** An action and whether this reader may take it now. @beta */
export const HandoffActionState = z.object({
  /** Of the command. */
  type: z.string(),
  /** Without its prefix: `accept`. */
  name: z.string(),
  allowed: z.boolean(),
  /** Why not, in English, with what would help. */
  refusal: z.optional(z.object({ field: z.string(), reason: z.string(), remedy: z.string() })),
});
export type HandoffActionState = z.infer<typeof HandoffActionState>;

const Choice = z.object({
  code: z.string(),
  label: z.string(),
  /** Of a return: what a lead has to show, in the words of a checklist. */
  asks: z.optional(z.string()),
  own,
  /** What has to be said with it. */
  needs: z.optional(z.enum(['text', 'evidence', 'attempts'])),
});

/** What is missing or was asked for, and what marketing did about it. */
const Element = z.object({
  element: z.string(),
  label: z.string(),
  own,
  text: z.optional(z.string()),
  answer: z.optional(z.enum(['completed', 'waived'])),
});

/** One line of the log as a reader sees it. @beta */
export const HandoffLogLine = z.object({
  version: Count,
  /** Without its prefix: `return`. */
  type: z.string(),
  at: z.string(),
  by: Reader,
  via: Text,
  before: z.nullable(HandoffStatus),
  after: z.nullable(HandoffStatus),
  /** The reason's code and its label. */
  reason: z.optional(z.object({ code: z.string(), label: z.string(), own })),
  /** Words that were given with it. */
  text: z.optional(z.string()),
  elements: z.optional(z.array(Element)),
  /** Taken back by an undo later on. */
  undone: z.boolean(),
});
export type HandoffLogLine = z.infer<typeof HandoffLogLine>;

/** Everything about one hand-off. What is not known, or not to be seen by this reader, is null. @beta */
export const HandoffDetail = z.object({
  kind: z.literal('handoffs'),
  show: z.literal('detail'),
  ledger: Count,
  me: z.optional(Reader),
  masked: z.boolean(),
  ...head,
  cycle: Count,
  attempt: Count,
  returns: Count,
  person: z.object({
    id: z.string(),
    name: Text,
    role: Text,
    email: Text,
    phone: Text,
    channel: Text,
    consent: Text,
    /** Where it is now which time; the page words it. */
    timeZone: Text,
    /** Whether it is open there now, and when that changes; null where no hours are known. */
    open: z.nullable(z.object({ now: z.boolean(), opensAt: Text })),
  }),
  company: z.nullable(
    z.object({
      name: z.string(),
      industry: Text,
      size: z.nullable(Count),
      country: Text,
      owner: Text,
      openOpportunities: z.nullable(Count),
      otherPeople: z.nullable(Count),
    }),
  ),
  quote: Text,
  opening: Text,
  asset: Text,
  source: Text,
  campaign: Text,
  /** Most points first. */
  reasons: z.array(z.object({ text: z.string(), points: z.number() })),
  /** Newest first. */
  touches: z.array(Touch),
  /** What a complete lead shows. */
  elements: z.array(z.object({ element: z.string(), label: z.string(), own, present: z.boolean() })),
  /** What was returned for, with the answers; empty when it never was. */
  missing: z.array(Element),
  clocks: z.array(
    z.object({
      ...ClockFace.shape,
      since: z.string(),
      usedMs: z.nullable(z.number()),
      targetMs: z.nullable(z.number()),
    }),
  ),
  actions: z.array(HandoffActionState),
  /** What the forms offer. */
  choices: z.object({
    return: z.array(Choice),
    recycle: z.array(Choice),
    disqualify: z.array(Choice),
    /** Sellers it can be given to; a refusal says why not now. */
    sellers: z.array(z.object({ ...Named.shape, refusal: z.optional(z.string()) })),
    pools: z.array(Named),
  }),
  /** What this reader may take back, and until when. */
  undo: z.nullable(z.object({ type: z.string(), until: z.string() })),
  /** Why it ended. */
  outcome: z.nullable(
    z.object({ reason: z.string(), label: z.string(), own, text: Text, reviewOn: Text, reentry: Text, survivor: Text }),
  ),
  /** Earlier hand-offs of this person, newest first. */
  previous: z.array(
    z.object({
      id: z.string(),
      cycle: Count,
      status: HandoffStatus,
      /** The label of why it ended, and its code. */
      reason: Text,
      code: Text,
      own,
      at: z.string(),
    }),
  ),
  /** Oldest first. */
  log: z.array(HandoffLogLine),
});
export type HandoffDetail = z.infer<typeof HandoffDetail>;

/** Why hand-offs came back, for marketing. @beta */
export const HandoffReturns = z.object({
  kind: z.literal('handoffs'),
  show: z.literal('returns'),
  ledger: Count,
  me: z.optional(Reader),
  by: z.enum(['all', 'source', 'campaign']),
  /** Most returns first. */
  groups: z.array(
    z.object({
      group: Text,
      returns: Count,
      /** Most frequent first. */
      reasons: z.array(
        z.object({
          element: z.string(),
          label: z.string(),
          own,
          count: Count,
          /** Of the returns; one return may name several. */
          share: z.number(),
          /** Of the returns, those that name this element or one before it. */
          cumulative: z.number(),
        }),
      ),
      /** Whether more than a tenth of the returns are for `other`. */
      tooManyOther: z.boolean(),
    }),
  ),
});
export type HandoffReturns = z.infer<typeof HandoffReturns>;

/** The answer to a question of kind `handoffs`. @beta */
export const HandoffsAnswer = z.discriminatedUnion('show', [HandoffList, HandoffDetail, HandoffReturns]);
export type HandoffsAnswer = z.infer<typeof HandoffsAnswer>;
