export { importFile, type ImportOptions } from './import.ts';
export { sampleFile } from './sample.ts';
export type { ImportProgress } from './source.ts';
