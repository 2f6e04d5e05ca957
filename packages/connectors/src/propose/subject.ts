import { entityOf, named, namesStage, stageFit } from './names.ts';
import type { ColumnProfile } from './profile.ts';

/** What identifies a row's record, and whether a row is a record or one of its stage changes. */
export interface Subject {
  id: ColumnProfile;
  idReason: string;
  idDoubtful: boolean;
  /** The column whose values are stages. */
  state?: ColumnProfile;
  /** Set where one row is one stage change. */
  change?: {
    at: ColumnProfile;
    reason: string;
    /** Identifies the change itself. */
    id?: ColumnProfile;
  };
}

type Stages = readonly { key: string; label?: string }[];

/** Finds what a sample's rows are about; undefined when no column can identify a record. */
export function findSubject(columns: readonly ColumnProfile[], stages: Stages): Subject | undefined {
  const own = findId(columns);
  if (own === undefined) return undefined;
  const state = findState(
    columns.filter((column) => column !== own),
    stages,
  );
  const about = (id: ColumnProfile): Pick<Subject, 'id' | 'idReason' | 'idDoubtful'> => ({ id, ...idReason(id) });
  if (state === undefined) return about(own);
  const dates = columns.filter(isDate);
  const stamp = dates.find(({ name }) => named(name, 'state') && stages.every((stage) => stageFit(name, stage) === 0));
  const at = stamp ?? dates[0];
  if (at === undefined || own.filled === 0) return { ...about(own), state };
  if (!own.unique) {
    const reason = `ids repeat in "${own.name}", and there is a stage and a date: one row is one stage change`;
    return { ...about(own), state, change: { at, reason } };
  }
  const only = dates.length === 1 && stages.every((stage) => stageFit(at.name, stage) === 0);
  // `History ID, Lead ID, Stage, Stage date`: the row has an id, and so has what it tells of.
  const told = columns.find(
    (column) =>
      column !== own &&
      !column.unique &&
      column.filled === column.sampled &&
      named(column.name, 'id') &&
      ['person', 'opportunity'].includes(entityOf(column.name) ?? ''),
  );
  if (only && told !== undefined && entityOf(own.name) === undefined) {
    const reason = `"${own.name}" identifies the row, and "${told.name}" repeats beside a stage and a date: one row is one stage change`;
    return { ...about(told), state, change: { at, reason, id: own } };
  }
  if (only && stamp !== undefined) {
    const reason = `"${at.name}" is the date of the stage in "${state.name}": one row is one stage change`;
    return { ...about(own), state, change: { at, reason } };
  }
  return { ...about(own), state };
}

/** Whether a column holds dates, or would by its name. */
export function isDate(column: ColumnProfile): boolean {
  return column.type === 'date' || (column.type === 'empty' && named(column.name, 'date'));
}

function findId(columns: readonly ColumnProfile[]): ColumnProfile | undefined {
  const able = columns.filter((column) => column.type !== 'date' && column.type !== 'empty');
  const full = able.filter((column) => column.filled === column.sampled);
  // A row or two without an id are refused alone, and must not keep the others out.
  const nearly = able.filter((column) => column.sampled - column.filled <= Math.max(1, column.sampled / 10));
  return (
    full.find((column) => column.unique && named(column.name, 'id')) ??
    full.find((column) => named(column.name, 'id')) ??
    nearly.find((column) => column.unique && named(column.name, 'id')) ??
    nearly.find((column) => named(column.name, 'id')) ??
    full.find((column) => column.unique && named(column.name, 'key')) ??
    full.find((column) => column.unique) ??
    nearly.find((column) => column.unique && named(column.name, 'key')) ??
    (columns.every(({ sampled }) => sampled === 0) ? columns.find((column) => named(column.name, 'id')) : undefined)
  );
}

function idReason({ sampled, filled, unique }: ColumnProfile): { idReason: string; idDoubtful: boolean } {
  if (sampled === 0) return { idReason: 'named like an id; the file has no rows', idDoubtful: true };
  const missing = sampled - filled;
  const where =
    missing === 0
      ? 'filled in every row'
      : `empty in ${missing} of ${sampled} sampled rows, which will be refused by line`;
  return unique
    ? { idReason: missing === 0 ? `${where} and never repeated` : `never repeated; ${where}`, idDoubtful: missing > 0 }
    : { idReason: missing === 0 ? `named like an id and ${where}` : `named like an id; ${where}`, idDoubtful: true };
}

/** The column whose values are stages: most of them known, or named so. */
function findState(columns: readonly ColumnProfile[], stages: Stages): ColumnProfile | undefined {
  const candidates = columns.filter(
    (column) => column.type === 'text' && column.values.length > 0 && column.values.length < 40,
  );
  const known = (column: ColumnProfile): number =>
    column.values.filter(({ value }) => stages.some((stage) => namesStage(value, stage))).length / column.values.length;
  const best = candidates.filter((column) => known(column) >= 0.5).sort((a, b) => known(b) - known(a))[0];
  return best ?? candidates.find((column) => named(column.name, 'state'));
}
