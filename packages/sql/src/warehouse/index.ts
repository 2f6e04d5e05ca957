/** Questions to the tables a company has already, read where they are. */
export { Warehouse } from './mapping.ts';
export { saidText } from './said.ts';
export { readingFrom, warehouseTables, type ReadFrom } from './tables.ts';
