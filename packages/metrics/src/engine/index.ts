export { answerWith, createMemoryEngine, type Counter, type MemoryData, type MemoryEngineOptions } from './memory.ts';
