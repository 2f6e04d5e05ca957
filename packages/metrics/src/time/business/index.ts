export * from './business-time.ts';
export type { Pause } from './pauses.ts';
