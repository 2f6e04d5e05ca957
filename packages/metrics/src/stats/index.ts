export * from './quantile.ts';
export * from './survival.ts';
export * from './wilson.ts';
