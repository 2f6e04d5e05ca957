export * from './define-all.ts';
export * from './filter/filter.ts';
export * from './funnel/funnel.ts';
export * from './queue/handoff-queue.ts';
export { SamaProvider } from './provider/provider.ts';
export { registerLocale, type AllWords, type Words } from './locale/index.ts';
