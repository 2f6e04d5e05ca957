export * from './faults.ts';
export * from './funnels.ts';
export * from './hash.ts';
export * from './lead-to-won.ts';
export * from './registry.ts';
export * from './version.ts';
