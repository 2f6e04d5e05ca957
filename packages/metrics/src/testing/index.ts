/**
 * The conformance kit: what an engine has to answer. Cases worked by hand, an oracle written from
 * `docs/how-sama-counts.md` and `docs/event-funnel.md` alone, and random worlds to compare an engine with it. Needs fast-check.
 */
export { funnelCases, seenBy } from './cases.ts';
export {
  eventContextOf,
  eventFunnelCases,
  seenInEvents,
  type EventExpectation,
  type EventFunnelCase,
} from './event-funnel/cases.ts';
export { oracleEventCounts, seenByOracle, type OracleEventCounts } from './event-funnel/oracle.ts';
export { arbitraryEventExample, type EventExample } from './event-funnel/random.ts';
export { metIn, type Met } from './met.ts';
export { untilMet } from './until-met.ts';
export type { Expectation, FunnelCase } from './expectation.ts';
export { oracleStatistics } from './oracle.ts';
export { agrees, PROPERTIES, type Answerer, type Property } from './properties.ts';
export { arbitraryExample, type Example, type ExampleOptions } from './questions.ts';
export { measureCases, type MeasureCase } from './measure-cases.ts';
export { arbitraryEntries, entriesDiffer, trendDiffers, trendOfWorld } from './parts.ts';
export { arbitraryMembers, countOfMark, membersInMemory } from './members.ts';
export { figureCases, type FigureCase } from './figure-cases.ts';
export { recordCases, type RecordCase } from './record-cases.ts';
export { answerCases, type AnswerCase } from './answer-cases.ts';
