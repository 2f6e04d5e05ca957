export { ImportError } from './errors.ts';
export { importFile, sampleFile, type ImportOptions } from './import.ts';
export type { ImportProgress, OnProgress } from './source.ts';
