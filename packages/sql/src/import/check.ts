import type { ImportMapping, Mapping } from '@sama/metrics/contracts';

/** Something in a mapping that this file or these definitions do not have. @beta */
export interface MappingProblem {
  /** Path in the mapping, `stages[0].at`. */
  path: string;
  kind: 'missing-column' | 'repeated-column' | 'unknown-stage' | 'incomplete';
  /** What was named. */
  name: string;
  message: string;
}

/** Each place where a mapping names a column, with its path. References are not among them. @beta */
export function mappedColumns(mapping: ImportMapping): MappedColumn[] {
  const found: MappedColumn[] = [];
  const add: Add = (path, column) => {
    if (column !== undefined) found.push({ path, column });
  };
  add('id', mapping.rows === 'figures' ? undefined : mapping.id);
  if (isOfRecords(mapping)) addRecordColumns(mapping, add);
  else add('name.column', 'column' in mapping.name ? mapping.name.column : undefined);
  if (mapping.rows === 'activities') add('at', mapping.at);
  if (mapping.rows === 'figures') {
    for (const part of ['from', 'to', 'last', 'segment'] as const) add(part, mapping[part]);
    add('value.column', mapping.value?.column);
  } else {
    for (const [link, column] of Object.entries(mapping.links ?? {})) add(`links.${link}`, column);
    add('owner', mapping.owner);
    for (const [name, rule] of Object.entries(mapping.attributes ?? {})) add(`attributes.${name}.column`, rule.column);
  }
  add('amount.column', mapping.amount?.column);
  if (typeof mapping.amount?.currency === 'object') add('amount.currency.column', mapping.amount.currency.column);
  return found;
}

/** Whether rows are records or their stage changes. */
function isOfRecords(mapping: ImportMapping): mapping is Mapping {
  return mapping.rows === 'records' || mapping.rows === 'events';
}

interface MappedColumn {
  path: string;
  column: string;
}
type Add = (path: string, column: string | undefined) => void;

function addRecordColumns(mapping: Mapping, add: Add): void {
  mapping.stages?.forEach((rule, index) => {
    add(`stages[${index}].at`, rule.at);
    add(`stages[${index}].when.column`, rule.when?.column);
    add(`stages[${index}].reason`, rule.reason);
  });
  add('event.stage.column', mapping.event?.stage.column);
  add('event.at', mapping.event?.at);
  add('event.recordId', mapping.event?.recordId);
  add('event.reason', mapping.event?.reason);
  add('event.actorTeam', mapping.event?.actorTeam);
  add('event.supersedes', mapping.event?.supersedes);
  add('currentStage.column', mapping.currentStage?.column);
}

function namedStages(mapping: Mapping): { path: string; stage: string }[] {
  const values = (path: string, map: Record<string, string> | undefined): { path: string; stage: string }[] =>
    Object.entries(map ?? {}).map(([value, stage]) => ({ path: `${path}.values[${JSON.stringify(value)}]`, stage }));
  return [
    ...(mapping.stages ?? []).map((rule, index) => ({ path: `stages[${index}].stage`, stage: rule.stage })),
    ...values('event.stage', mapping.event?.stage.values),
    ...values('currentStage', mapping.currentStage?.values),
  ];
}

/** What keeps a mapping from being used on a file with these columns; empty when nothing does. @beta */
export function checkMapping(
  mapping: ImportMapping,
  columns: readonly string[],
  knownStages: readonly string[],
): MappingProblem[] {
  const problems: MappingProblem[] = [];
  const references = (mapping.references ?? []).map((reference, index) => ({
    path: `references[${index}].column`,
    column: reference.column,
  }));
  for (const { path, column } of [...mappedColumns(mapping), ...references]) {
    const count = columns.filter((name) => name === column).length;
    if (count === 0)
      problems.push({ path, kind: 'missing-column', name: column, message: `the file has no column "${column}"` });
    if (count > 1)
      problems.push({
        path,
        kind: 'repeated-column',
        name: column,
        message: `the file has ${count} columns named "${column}"; give them different names`,
      });
  }
  return isOfRecords(mapping) ? [...problems, ...stageProblems(mapping, knownStages)] : problems;
}

function stageProblems(mapping: Mapping, knownStages: readonly string[]): MappingProblem[] {
  const problems: MappingProblem[] = [];
  const known = new Set(knownStages);
  for (const { path, stage } of namedStages(mapping)) {
    if (!known.has(stage))
      problems.push({ path, kind: 'unknown-stage', name: stage, message: `no definition has the stage "${stage}"` });
  }
  if (mapping.rows === 'events' && mapping.event === undefined) {
    problems.push({
      path: 'event',
      kind: 'incomplete',
      name: 'event',
      message: 'rows of events need "event" with the columns of the stage and its date',
    });
  }
  if (mapping.rows === 'records' && mapping.event !== undefined) {
    problems.push({
      path: 'event',
      kind: 'incomplete',
      name: 'event',
      message: '"event" is read only with "rows": "events"; use "stages" for rows of records',
    });
  }
  if (mapping.rows === 'events' && (mapping.stages !== undefined || mapping.currentStage !== undefined)) {
    problems.push({
      path: mapping.stages === undefined ? 'currentStage' : 'stages',
      kind: 'incomplete',
      name: 'stages',
      message: '"stages" and "currentStage" are read only with "rows": "records"',
    });
  }
  return problems;
}
