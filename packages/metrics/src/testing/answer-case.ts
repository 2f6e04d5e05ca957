import type {
  ActivityEvent,
  AnswerContext,
  AttributionQuestion,
  DifferenceQuestion,
  EntityRecord,
  Envelope,
  ScoreQuestion,
  StageEvent,
} from '../contracts/index.ts';

/** A question about single records and what they did, or about two numbers, with the answer worked out by hand. @beta */
export interface AnswerCase {
  name: string;
  records: readonly EntityRecord[];
  events: readonly StageEvent[];
  activities: readonly ActivityEvent[];
  question: ScoreQuestion | AttributionQuestion | DifferenceQuestion;
  context: AnswerContext;
  /** Part of the envelope: what it does not name is not compared. */
  expected: Partial<Record<keyof Envelope, unknown>>;
}
