export { ImportError } from './errors.ts';
export { importFile, type ImportOptions } from './import.ts';
export { sampleFile } from './sample.ts';
export type { ImportProgress, OnProgress } from './source.ts';
