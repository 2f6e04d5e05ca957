export * from '../internal/table-view.ts';
export { tableOf } from './table.ts';
