export { answerKpi } from './answer.ts';
export { type KpiFault, kpiFaults } from './check.ts';
export type * from './plan.ts';
