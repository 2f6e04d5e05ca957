export * from './evaluate.ts';
export * from './explain.ts';
export * from './normal.ts';
export * from './record.ts';
