export { answerKpi } from './answer.ts';
export { definitionFaults, type KpiFault, kpiFaults } from './check.ts';
export type * from './plan.ts';
