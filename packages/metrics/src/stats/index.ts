export * from './control.ts';
export * from './decomposition.ts';
export * from './distance.ts';
export * from './means.ts';
export * from './quantile.ts';
export * from './survival.ts';
export * from './wilson.ts';
