/** Questions to the tables a company has already, read where they are. */
export { warehouseColumns, type ColumnUse, type MappedColumn } from './columns.ts';
export { Warehouse } from './mapping.ts';
export { saidText } from './said.ts';
export { readingFrom, tableName, warehouseTables, type ReadFrom, type Within } from './tables.ts';
