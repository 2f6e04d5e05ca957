export type { Signed } from '../../ledger/index.ts';
export type { TermContext } from './context.ts';
export * from './decide.ts';
export * from './history.ts';
export * from './state.ts';
export * from './status.ts';
export * from './to-glossary.ts';
