export * from './define-all.ts';
export * from './funnel/funnel.ts';
export { registerLocale, type AllWords, type Words } from './locale/index.ts';
