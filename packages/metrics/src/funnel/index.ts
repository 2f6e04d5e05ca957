export * from './answer.ts';
export * from './event/index.ts';
export * from './make-plan.ts';
export type * from './plan.ts';
export { rate } from './stages.ts';
export type * from './statistics.ts';
