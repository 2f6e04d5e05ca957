import type { TermDefinition } from '../contracts/index.ts';
import { sameCriteria } from '../criteria/index.ts';
import { canonicalJson } from '../definitions/hash.ts';
import { changeBetween, nextVersion, type Change } from '../definitions/version.ts';

/** A field that differs between two versions. @public */
export interface FieldChange {
  field: string;
  /** Undefined where the field was not there. */
  before: unknown;
  after: unknown;
  /** The least change of version it asks for. */
  change: Change;
}

/** Fields that say nothing of the term itself. */
const HEAD = new Set(['kind', 'id', 'version', 'agreedBy']);
/** Clarifications: what the term rests on and where it belongs, who answers for it, how it is found. */
const MINOR = new Set(['owners', 'uses', 'stage', 'metrics', 'synonyms', 'lang']);

/**
 * The fields two versions of a term differ in, each with the least change of version it asks for.
 *
 * - `major`, membership changes: other criteria, another rule in words, another kind of record, or criteria
 *   taken away.
 * - `minor`, clarified without another membership: criteria where there were none, the same criteria in
 *   another form, owners, synonyms, what it uses and belongs to.
 * - `patch`, words: name, sentence, remarks, words not to say.
 *
 * The text of a sentence cannot be judged here; who changes its meaning says so by the version.
 * @public
 */
export function changedFields(before: TermDefinition, after: TermDefinition): FieldChange[] {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const fields = [...new Set([...old.keys(), ...now.keys()])].filter((f) => !HEAD.has(f));
  return fields.flatMap((field) => {
    const [a, b]: [unknown, unknown] = [old.get(field), now.get(field)];
    if (textOf(a) === textOf(b)) return [];
    return [{ field, before: a, after: b, change: weigh(field, before, after) }];
  });
}

function textOf(value: unknown): string {
  return value === undefined ? '' : canonicalJson(value);
}

function weigh(field: string, before: TermDefinition, after: TermDefinition): Change {
  if (field === 'criteria') {
    if (before.criteria === undefined) return 'minor';
    return after.criteria !== undefined && sameCriteria(before.criteria, after.criteria) ? 'minor' : 'major';
  }
  if (field === 'of') return before.of === undefined ? 'minor' : 'major';
  if (field === 'rule') return before.rule === undefined ? 'minor' : 'major';
  return MINOR.has(field) ? 'minor' : 'patch';
}

const ORDER: readonly Change[] = ['patch', 'minor', 'major'];

/** The least change of version between two texts of a term; null when they are the same. @public */
export function requiredChange(before: TermDefinition, after: TermDefinition): Change | null {
  const ranks = changedFields(before, after).map((f) => ORDER.indexOf(f.change));
  return ORDER[Math.max(-1, ...ranks)] ?? null;
}

/** What is wrong with the version of a new text, with the version it should have; null when it is right. @public */
export function versionFault(before: TermDefinition, after: TermDefinition): { reason: string; remedy: string } | null {
  const required = requiredChange(before, after);
  if (required === null) {
    return {
      reason: `nothing differs from ${before.version}`,
      remedy: 'change the text, or leave the version in force',
    };
  }
  const claimed = changeBetween(before.version, after.version);
  if (claimed === null || after.version !== nextVersion(before.version, claimed)) {
    return {
      reason: `version ${after.version} does not follow ${before.version}`,
      remedy: `write ${ORDER.slice(ORDER.indexOf(required))
        .map((c) => `${nextVersion(before.version, c)} (${c})`)
        .join(' or ')}`,
    };
  }
  if (ORDER.indexOf(claimed) >= ORDER.indexOf(required)) return null;
  const fields = changedFields(before, after).filter((f) => f.change === required);
  return {
    reason: `${fields.map((f) => f.field).join(', ')} changed, which is ${required} and not ${claimed}`,
    remedy: `write version ${nextVersion(before.version, required)}`,
  };
}
