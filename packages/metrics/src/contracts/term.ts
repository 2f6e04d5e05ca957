import * as z from 'zod/mini';
import { NullReason } from './codes.ts';
import { Actor, Command } from './command.ts';
import { Criteria } from './criteria.ts';
import { Agreement, SemVer } from './definition-head.ts';
import { Rate } from './values.ts';
import { Instant, Key, LocalDate, Owner, TermKey, Version } from './primitives.ts';
import { EntityType } from './records.ts';

/** A word or a few, on one line. */
const Phrase = z.string().check(
  z.maxLength(120, { error: 'a word or phrase has at most 120 characters' }),
  z.regex(/^(?=.*[\p{L}\p{N}])\S(?:.*\S)?$/u, {
    error: 'a word or phrase has a letter, stands on one line and has no blanks around it',
  }),
);
const Prose = z.string().check(z.minLength(1), z.maxLength(4000));

/** A BCP 47 tag such as `en` or `pt-BR`. @public */
export const LanguageTag = z
  .string()
  .check(z.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, { error: 'a language is a tag such as en or pt-BR' }));

/** How grave a wrong word is. @public */
export const Severity = z.enum(['info', 'warning', 'error']);
export type Severity = z.infer<typeof Severity>;

/** A word that is not to be said where the term is meant. @public */
export const AvoidedWord = z.strictObject({
  word: Phrase,
  /** What to say in its place. Default: the term. */
  say: z.optional(Phrase),
  /** When the word is wrong, where a reader has to judge it: `before won`. */
  note: z.optional(Prose),
  /** Default: `info` with a note, else `warning`. */
  severity: z.optional(Severity),
  /** Inflected forms beside the regular ones: `passes`, `passed`. */
  forms: z.optional(z.array(Phrase).check(z.maxLength(20))),
});
export type AvoidedWord = z.infer<typeof AvoidedWord>;

/** One agreed word: what it means, who answers for it, and what a record has to show for it. @public */
export const TermDefinition = z
  .strictObject({
    kind: z.literal('term'),
    id: TermKey,
    version: SemVer,
    /** The name, without its abbreviation. */
    term: Phrase,
    abbreviation: z.optional(Phrase),
    /** The language of the words. Default: the glossary's. */
    lang: z.optional(LanguageTag),
    owners: z.array(Owner).check(
      z.minLength(1, {
        error: 'a term has at least one owner: marketing, sales, both, customer-success or operations',
      }),
    ),
    /** One sentence. */
    definition: Prose,
    /** Examples and remarks. Not part of the hash. */
    description: z.optional(Prose),
    /** The kind of record that `criteria` are about. */
    of: z.optional(EntityType),
    /** What a record shows when the term holds for it. */
    criteria: z.optional(Criteria),
    /** The rule in words: how the criteria's fields come about, or what no field can say. */
    rule: z.optional(Prose),
    /** Terms that this definition is stated in. They must not lead back to it. */
    uses: z.optional(z.array(TermKey).check(z.maxLength(50))),
    stage: z.optional(Key),
    metrics: z.optional(z.array(z.string().check(z.minLength(1), z.maxLength(120))).check(z.maxLength(50))),
    /** Other places that rest on the term, in words. */
    ties: z.optional(z.array(Prose).check(z.maxLength(50))),
    /** Other names that may be said. */
    synonyms: z.optional(z.array(Phrase).check(z.maxLength(50))),
    avoid: z.optional(z.array(AvoidedWord).check(z.maxLength(100))),
    agreedBy: z.optional(z.array(Agreement)),
  })
  .check(
    z.refine((t) => t.criteria === undefined || t.of !== undefined, {
      path: ['of'],
      error: 'criteria need the kind of record they are about: set "of" to person, account or opportunity',
    }),
  );
export type TermDefinition = z.infer<typeof TermDefinition>;

/** A term that is no longer used. @public */
export const RetiredTerm = z.strictObject({
  term: TermKey,
  reason: z.optional(Prose),
  replacedBy: z.optional(TermKey),
});

/** The words of a company as one file. Several versions of one term may stand in it. @public */
export const Glossary = z.strictObject({
  v: Version,
  kind: z.literal('glossary'),
  /** Default: `en`. */
  lang: z.optional(LanguageTag),
  terms: z.array(TermDefinition).check(z.maxLength(5000)),
  retired: z.optional(z.array(RetiredTerm).check(z.maxLength(5000))),
});
export type Glossary = z.infer<typeof Glossary>;

const Count = z.int().check(z.nonnegative());
const Pinned = z.strictObject({ version: SemVer, hash: z.string() });

/** What other criteria would have meant for past records. @public */
export const Impact = z.strictObject({
  before: Pinned,
  after: Pinned,
  asOf: Instant,
  /** Days of entry, half open; all time when left out. */
  period: z.optional(z.strictObject({ from: LocalDate, to: LocalDate })),
  /** Records looked at. */
  records: Count,
  /** Records each version holds for; `before = kept + lost`, `after = kept + gained`. */
  members: z.strictObject({ before: Count, after: Count, kept: Count, gained: Count, lost: Count }),
  /** Shares among the members of each version. */
  rates: z.array(z.strictObject({ id: z.string(), before: Rate, after: Rate })).check(z.maxLength(20)),
});
export type Impact = z.infer<typeof Impact>;

/** The preview a proposal carries, or why there is none. @public */
export const ImpactOrReason = z.union([Impact, z.strictObject({ value: z.null(), reason: NullReason })]);
export type ImpactOrReason = z.infer<typeof ImpactOrReason>;

const of = { version: SemVer };
const actions = [
  /** Keeps a text for later. Nobody is asked. */
  z.strictObject({ type: z.literal('term.draft'), payload: z.strictObject({ term: TermDefinition }) }),
  /** Asks both teams for approval. Approvals of an earlier text are void. */
  z.strictObject({
    type: z.literal('term.propose'),
    payload: z.strictObject({
      term: TermDefinition,
      reason: z.optional(Prose),
      /** Needed when the change is major. */
      impact: z.optional(ImpactOrReason),
      /** When it comes into force. Default, and at the earliest: when the second team approves. */
      effectiveFrom: z.optional(Instant),
    }),
  }),
  z.strictObject({ type: z.literal('term.approve'), payload: z.strictObject(of) }),
  /** Sends the proposal back to draft. */
  z.strictObject({ type: z.literal('term.reject'), payload: z.strictObject({ ...of, comment: Prose }) }),
  /** Takes a proposal back to draft without a verdict. */
  z.strictObject({ type: z.literal('term.withdraw'), payload: z.strictObject({ ...of, reason: z.optional(Prose) }) }),
  /** Says that the version in force still holds; takes back this term's pending deprecation. */
  z.strictObject({ type: z.literal('term.confirm'), payload: z.strictObject(of) }),
  z.strictObject({
    type: z.literal('term.deprecate'),
    payload: z.strictObject({ reason: Prose, replacedBy: z.optional(TermKey) }),
  }),
] as const;

/** What can be done with a term, as the payload of a `Command` of the same type. @public */
export const TermAction = z.discriminatedUnion('type', actions);
export type TermAction = z.infer<typeof TermAction>;

/** One line of a term's history: an accepted command, who gave it and when. @public */
export const TermEvent = z.strictObject({
  v: Version,
  commandId: Command.shape.commandId,
  target: TermKey,
  /** 1 for the first event of a term, then one more each. */
  version: z.int().check(z.positive()),
  by: Actor,
  at: Instant,
  action: TermAction,
});
export type TermEvent = z.infer<typeof TermEvent>;
