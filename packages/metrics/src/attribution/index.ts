export * from './anchored.ts';
export * from './apportion.ts';
export * from './contracts.ts';
export * from './game.ts';
export * from './markov.ts';
export * from './rules.ts';
export * from './shapley.ts';
export * from './touch-weights.ts';
