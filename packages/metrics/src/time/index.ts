export * from './business/index.ts';
export * from './duration.ts';
export * from './fiscal.ts';
export * from './grain.ts';
export * from './period.ts';
export * from './zone.ts';
