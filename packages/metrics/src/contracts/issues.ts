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
    return [{ field: dotted(path), reason: [...new Set(alternatives)].join(', or ') }];
  }
  if (issue.code === 'unrecognized_keys') {
    // What another map than `explainIssue` says of them names no other field.
    const remedy = issue.message.startsWith('use ') ? issue.message : 'leave it out, or correct its name';
    return issue.keys.map((key) => ({ field: dotted([...path, key]), reason: 'is not a known field', remedy }));
  }
  const remedy: unknown = issue.code === 'custom' ? issue.params?.['remedy'] : missing(issue);
  const reason = missing(issue) === undefined ? plain(issue.message) : 'is missing';
  return [{ field: dotted(path), reason, ...(typeof remedy === 'string' ? { remedy } : {}) }];
}

const dotted = (path: readonly PropertyKey[]): string => path.map(String).join('.');

/** What to write where there is nothing; undefined for an issue of another kind. */
function missing(issue: Issue): string | undefined {
  if (issue.code !== 'invalid_type' || !issue.message.endsWith('received undefined')) return undefined;
  return `give ${KINDS[issue.expected] ?? issue.expected}`;
}

const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a text',
};

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
