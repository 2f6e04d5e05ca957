/** Questions to the tables a company has already, read where they are. */
export { Warehouse } from './mapping.ts';
export { inWarehouse, warehouseTables } from './tables.ts';
