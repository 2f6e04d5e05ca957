import type * as z from 'zod/mini';

type Issue = z.core.$ZodIssue;

/** Turns schema issues into one sentence: `window.dayz: …; period: …`. At most three, deepest branch first. @public */
export function describeIssues(issues: readonly Issue[]): string {
  const lines = faultsOf(issues).map(
    ({ field, reason, remedy }) =>
      `${field === '' ? 'top level' : field}: ${reason}${remedy === undefined ? '' : ` (${remedy})`}`,
  );
  const shown = [...new Set(lines)].slice(0, 3);
  const rest = lines.length - shown.length;
  return shown.join('; ') + (rest > 0 ? `; and ${rest} more` : '');
}

/** What is wrong with one field. @public */
export interface Fault {
  /** `criteria.0.max`; empty where the value itself is wrong. */
  field: string;
  reason: string;
  /** Where the schema knows what to write instead. */
  remedy?: string;
}

/** The faults behind schema issues, of a union those of the branch that was most likely meant. @public */
export function faultsOf(issues: readonly Issue[]): Fault[] {
  return issues.flatMap((issue) => faults(issue, []));
}

function faults(issue: Issue, above: readonly PropertyKey[]): Fault[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const branch = closestBranch(issue.errors);
    if (branch !== undefined && depth(branch) > 0) return branch.flatMap((inner) => faults(inner, path));
    const alternatives = issue.errors.flatMap((errors) => errors.map((inner) => plain(inner.message)));
    return [{ field: path.map(String).join('.'), reason: [...new Set(alternatives)].join(', or ') }];
  }
  const fault = { field: path.map(String).join('.'), reason: plain(issue.message) };
  const remedy: unknown = issue.code === 'custom' ? issue.params?.['remedy'] : undefined;
  return [typeof remedy === 'string' ? { ...fault, remedy } : fault];
}

/** The branch the writer most likely meant: the one that fails deepest, then with the fewest issues. */
function closestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return [...branches].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0];
}

function depth(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length + (issue.code === 'unrecognized_keys' ? 1 : 0)));
}

function plain(message: string): string {
  return message.replace(/^Invalid (input|option): /, '').replace(/^Invalid input$/, 'not a value that fits here');
}
