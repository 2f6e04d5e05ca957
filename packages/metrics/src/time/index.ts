export * from './business/index.ts';
export * from './duration.ts';
export * from './period.ts';
export * from './zone.ts';
