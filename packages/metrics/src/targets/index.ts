export { backSolve } from './back-solve.ts';
export * from './contracts.ts';
export { stagesOfFunnel } from './from-funnel.ts';
export type * from './result.ts';
