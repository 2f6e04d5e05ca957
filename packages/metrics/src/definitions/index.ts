export * from './hash.ts';
export * from './lead-to-won.ts';
export * from './registry.ts';
