export * from './change.ts';
export { currentTerms, isAgreed, termFragment } from './current.ts';
export * from './impact.ts';
export * from './integrity.ts';
export * from './life/index.ts';
export * from './lint/index.ts';
export * from './load/index.ts';
export * from './markdown.ts';
export * from './search.ts';
