export * from './app.ts';
export * from './element-files.ts';
export * from './folder.ts';
export * from './listen.ts';
export type { Desk } from './answer.ts';
export type { Pages } from './pages.ts';
