import type { ImportMapping } from '@sama/metrics/contracts';
import { planActivities } from './activities.ts';
import { checkMapping, type MappingProblem } from './check.ts';
import { planFigures } from './figures.ts';
import type { ImportOptions, ImportPlan } from './plan.ts';
import { planRecords } from './records.ts';

/** A mapping that does not fit the file or the definitions. @beta */
export class MappingError extends Error {
  readonly problems: readonly MappingProblem[];
  constructor(problems: readonly MappingProblem[]) {
    super(problems.map(({ path, message }) => `${path}: ${message}`).join('\n'));
    this.name = 'MappingError';
    this.problems = problems;
  }
}

/**
 * Compiles a mapping for a file with these columns.
 * @throws MappingError naming every column the file does not have and every unknown stage.
 * @beta
 */
export function compileImport(mapping: ImportMapping, columns: readonly string[], options: ImportOptions): ImportPlan {
  const problems = checkMapping(mapping, columns, options.knownStages);
  if (problems.length > 0) throw new MappingError(problems);
  if (mapping.rows === 'activities') return planActivities(mapping, columns, options);
  return mapping.rows === 'figures' ? planFigures(mapping, columns, options) : planRecords(mapping, columns, options);
}
