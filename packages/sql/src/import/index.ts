export { checkMapping, mappedColumns, type MappingProblem } from './check.ts';
export { compileImport, MappingError } from './compile.ts';
export type { ImportOptions, ImportPlan, NotePlan } from './plan.ts';
export { identifier as sqlIdentifier, text as sqlText } from './quote.ts';
