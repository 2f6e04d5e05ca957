export { checkMapping, mappedColumns, type MappingProblem } from './check.ts';
export { compileImport, MappingError, type ImportOptions, type ImportPlan, type NotePlan } from './compile.ts';
export { identifier as sqlIdentifier, text as sqlText } from './quote.ts';
