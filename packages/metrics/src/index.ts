export * from './contracts/index.ts';
export { DEFAULT_DEFINITIONS, LEAD_TO_WON } from './definitions/index.ts';
export { createMemoryEngine } from './engine/index.ts';
export { InputError, QuestionError } from './errors.ts';
