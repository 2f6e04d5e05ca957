export { answerWith, createMemoryEngine, type Counter, type MemoryData, type MemoryEngineOptions } from './memory.ts';
export { countSelected, type CountedEvents, type SelectedEvents } from './event/selected.ts';
export type * from '../rows/members.ts';
export type * from '../rows/plan.ts';
