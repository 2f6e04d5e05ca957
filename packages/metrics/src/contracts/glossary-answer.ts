import * as z from 'zod/mini';
import { Actor } from './command.ts';
import { Reader } from './handoff-answer.ts';
import { ImpactOrReason, TermDefinition } from './term.ts';

const Count = z.int().check(z.nonnegative());
const Vote = z.object({ by: Actor, at: z.string() });
const Approver = z.enum(['marketing', 'sales']);
const Change = z.enum(['major', 'minor', 'patch']);

/** How a term stands. @beta */
export const TermStatusName = z.enum([
  'draft',
  'proposed',
  'agreed-by-marketing',
  'agreed-by-sales',
  'agreed',
  'stale',
  'deprecated',
]);

const line = {
  key: z.string(),
  /** What a command on it names as `expectedVersion`. */
  ledgerVersion: Count,
  /** Of the version in force or about to be; without one, of the open text. */
  status: TermStatusName,
  /** The text in force, with its agreement; else the one to come, else the open one. */
  term: TermDefinition,
  /** Whether `term` is in force. */
  inForce: z.boolean(),
  /** A text that waits beside the version in force, or alone. */
  next: z.optional(
    z.object({ version: z.string(), status: z.enum(['draft', 'proposed', 'agreed-by-marketing', 'agreed-by-sales']) }),
  ),
  /** From when on the version in force is stale, past or to come. */
  staleFrom: z.optional(z.string()),
  /** Teams whose word is due. */
  waitsFor: z.array(Approver),
};

/** One term of a list. `term` of all of them is a glossary that `compileSearch` takes. @beta */
export const TermLine = z.object(line);
export type TermLine = z.infer<typeof TermLine>;

/** All terms by name, or those a search found, the best first. @beta */
export const GlossaryList = z.object({
  kind: z.literal('glossary'),
  show: z.literal('terms'),
  ledger: Count,
  me: z.optional(Reader),
  lang: z.string(),
  /** Of the whole glossary. */
  counts: z.object({ terms: Count, agreed: Count, open: Count }),
  /** Stages that terms belong to, in the order in which they are passed. */
  stages: z.optional(z.array(z.object({ key: z.string(), label: z.string() }))),
  terms: z.array(TermLine),
  /** Of a search, for the terms above in the same order: by what each was met. */
  found: z.optional(
    z.array(
      z.object({
        key: z.string(),
        met: z.enum(['name', 'synonym', 'avoided', 'definition']),
        /** A word that is not to be said, and what to say. */
        redirect: z.optional(z.object({ word: z.string(), say: z.string(), note: z.optional(z.string()) })),
      }),
    ),
  ),
});
export type GlossaryList = z.infer<typeof GlossaryList>;

const Difference = z.object({
  field: z.string(),
  before: z.optional(z.unknown()),
  after: z.optional(z.unknown()),
  /** The least change of version it asks for. */
  change: Change,
});

/** A text that is not agreed yet. */
const OpenText = z.object({
  term: TermDefinition,
  stage: z.enum(['draft', 'proposed']),
  written: z.nullable(Vote),
  reason: z.optional(z.string()),
  impact: z.optional(ImpactOrReason),
  effectiveFrom: z.optional(z.string()),
  approvals: z.object({ marketing: z.optional(Vote), sales: z.optional(Vote) }),
  rejection: z.optional(z.object({ ...Vote.shape, comment: z.string() })),
  /** Against the version agreed last. */
  diff: z.array(Difference),
  /** Criteria in words, those of both texts in one list. */
  criteria: z.array(z.object({ depth: Count, text: z.string(), mark: z.enum(['kept', 'added', 'removed']) })),
});

/** Everything about one term. @beta */
export const GlossaryTerm = z.object({
  kind: z.literal('glossary'),
  show: z.literal('term'),
  ledger: Count,
  me: z.optional(Reader),
  ...line,
  /** Votes on the version in force; on `open` stand those of the proposal. */
  approvals: z.object({ marketing: z.optional(Vote), sales: z.optional(Vote) }),
  /** Criteria of `term` in words. */
  criteria: z.array(z.object({ depth: Count, text: z.string() })),
  open: z.nullable(OpenText),
  /** Agreed and to come into force later. */
  coming: z.nullable(z.object({ term: TermDefinition, from: z.string() })),
  /** A wish to give the term up that waits for the other team. */
  retirement: z.nullable(
    z.object({ reason: z.string(), replacedBy: z.optional(z.string()), teams: z.array(Approver) }),
  ),
  deprecated: z.nullable(z.object({ ...Vote.shape, reason: z.string(), replacedBy: z.optional(z.string()) })),
  /** Agreed versions, newest first. */
  versions: z.array(z.object({ version: z.string(), from: z.string(), term: TermDefinition })),
  /** The log, oldest first. */
  history: z.array(
    z.object({
      version: Count,
      type: z.string(),
      at: z.string(),
      by: Actor,
      termVersion: z.optional(z.string()),
      reason: z.optional(z.string()),
      diff: z.array(Difference),
    }),
  ),
  /** What rests on it. */
  usedBy: z.array(
    z.object({
      kind: z.enum(['stage', 'term', 'metric']),
      id: z.string(),
      label: z.string(),
      stage: z.optional(z.string()),
    }),
  ),
  /** What this reader may do now, as types of commands. */
  can: z.array(z.string()),
});
export type GlossaryTerm = z.infer<typeof GlossaryTerm>;

/** What another text would have meant for past records; a proposal carries `impact`. @beta */
export const GlossaryImpact = z.object({
  kind: z.literal('glossary'),
  show: z.literal('impact'),
  key: z.string(),
  before: z.nullable(z.string()),
  after: z.string(),
  /** The least change of version the text asks for; null when nothing differs. */
  change: z.nullable(Change),
  /** What is wrong with the version it states, with the remedy. */
  versionFault: z.nullable(z.string()),
  impact: ImpactOrReason,
});
export type GlossaryImpact = z.infer<typeof GlossaryImpact>;

/** The answer to a question of kind `glossary`. @beta */
export const GlossaryAnswer = z.discriminatedUnion('show', [GlossaryList, GlossaryTerm, GlossaryImpact]);
export type GlossaryAnswer = z.infer<typeof GlossaryAnswer>;
