export * from './contracts/index.ts';
export type * from './decide/context.ts';
export { decideHandoff, type HandoffDecision } from './decide/decide.ts';
export { createHandoffBook, type HandoffBook } from './log/book.ts';
export { readHandoffLog } from './log/read.ts';
export { standingOf, type Standing } from './log/standing.ts';
export { applyHandoffEvent, replayHandoff } from './machine/apply.ts';
export type { Clock, Clocks, Standstill } from './machine/clocks.ts';
export { initialHandoff, type Handoff, type HandoffState, type Hold, type Outcome } from './machine/state.ts';
export { OPEN, TERMINAL, TRANSITIONS, type Transition } from './machine/transitions.ts';
export { DEFAULT_POLICY, readHandoffPolicy, type PreparedPolicy } from './policy.ts';
export { DISQUALIFY_REASONS, RECYCLE_REASONS, RETURN_REASONS } from './reasons.ts';
export {
  clockReading,
  clockReadings,
  type Calendars,
  type ClockReading,
  type ReadingContext,
  type Used,
} from './sla/reading.ts';
export * from './identity/index.ts';
export * from './routing/index.ts';
export { returnPareto, type ReasonCount, type ReturnPareto } from './log/pareto.ts';
export { auditTrail, emittedBy, stageEventsOf, type AuditLine } from './log/projections.ts';
export { clockRuns, doneEvents, logsOf, type ClockRun } from './log/runs.ts';
export { noticesDue, type Notice } from './sla/escalation.ts';
export { slaReport, type PromiseLine, type Promises } from './sla/promises.ts';
