export * from './duration.ts';
export * from './period.ts';
export * from './zone.ts';
