export { before, DATE_ONLY_DAYS, dayBounds, DAYS_TABLE, notFuture } from './events.ts';
export { lineTables, type LineTables } from './names.ts';
export { freshLine, keepLine, keptLine, type LineSource, type Table } from './source.ts';
