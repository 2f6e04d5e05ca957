import type { HandoffActor } from '../handoff/contracts/action.ts';
import type { BusinessCalendar, FiscalCalendar } from './calendar.ts';
import type { Command, CommandOutcome } from './command.ts';
import type { Definition } from './definition.ts';
import type { Envelope } from './envelope.ts';
import type { Exchange } from './exchange.ts';
import type { Question } from './question.ts';
import type { Rights } from './rights.ts';

/** How one question is asked. @public */
export interface QueryOptions {
  /** Stops the work when the reader leaves. */
  signal?: AbortSignal;
  /** Asks past every cache. */
  fresh?: boolean;
}

/** The one door between data and pixels. Never rejects for an answerable reason: that is in the envelope. @public */
export interface DataSource {
  query(question: Question, options?: QueryOptions): Promise<Envelope>;
  command(command: Command): Promise<CommandOutcome>;
  /**
   * Calls `changed` when answers of this topic may differ; returns the way to stop. Topics are `data` (what was
   * imported, and the stages hand-offs lead to), `handoffs` and `glossary`; others never change.
   */
  subscribe(topic: string, changed: () => void): () => void;
}

/** The part of a source that keeps hand-offs and terms: takes commands, and says when answers may differ. @public */
export type Ledger = Pick<DataSource, 'command' | 'subscribe'>;

/** What an engine answers a question with, beside the records. @public */
export interface AnswerContext {
  definitions: readonly Definition[];
  rights: Rights;
  /** Who asks, for what is theirs and what they may do. Default: nobody who is known. */
  reader?: HandoffActor;
  /** Used when the question has none. ISO instant. */
  asOf: string;
  /** Used when the question has none. */
  timeZone: string;
  /** What `FY26-Q3` means. Default: the calendar year. */
  fiscal?: FiscalCalendar;
  /** When work opens, for the pace of targets. Default: Monday to Friday, without holidays. */
  hours?: BusinessCalendar;
  /** Rates by which money is converted. Default: money of several currencies has no sum. */
  exchange?: Exchange;
  signal?: AbortSignal;
}

/** What answers questions from records: in memory or by SQL, with the same answers. @public */
export interface MetricsEngine {
  answer(question: Question, context: AnswerContext): Promise<Envelope>;
}
