export * from './define-all.ts';
export * from './funnel/funnel.ts';
export { registerLocale, type Words } from './internal/locale/index.ts';
