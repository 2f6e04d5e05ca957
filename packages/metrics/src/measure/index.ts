export * from './answer.ts';
export * from './plan.ts';
