export * from './fold.ts';
export * from './phrase-tree.ts';
export * from './tokens.ts';
