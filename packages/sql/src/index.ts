export * from './dialect/index.ts';
export * from './event-funnel/index.ts';
export * from './funnel/index.ts';
export * from './import/index.ts';
export * from './line/index.ts';
export * from './measure/index.ts';
export * from './records/index.ts';
export * from './statement/index.ts';
