export * from './answer.ts';
export { smoothedOdds } from './correlation.ts';
export * from './make-plan.ts';
export type * from './plan.ts';
export type * from './statistics.ts';
export { histogram, timesOf } from './times.ts';
