export { auditOf, type LedgerAuditLine } from './audit.ts';
export { decideFor, outcomeFor, scopeOf } from './command.ts';
export * from './desk.ts';
export * from './engine.ts';
export * from './memory.ts';
export { askingOf, type Asking } from './reader.ts';
