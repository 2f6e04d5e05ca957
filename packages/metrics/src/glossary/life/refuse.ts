import type { Glossary, TermAction, TermDefinition } from '../../contracts/index.ts';
import { definitionHash } from '../../definitions/hash.ts';
import { changeBetween } from '../../definitions/version.ts';
import { requiredChange, versionFault } from '../change.ts';
import { APPROVERS, type Approver } from '../current.ts';
import { checkGlossary } from '../load/check.ts';
import type { TermContext } from './context.ts';
import type { TermState } from './state.ts';

/** Why a command is not allowed now, with the remedy; null when it is. */
export function refusalOf(state: TermState, action: TermAction, context: TermContext): string | null {
  if (state.deprecated !== null) {
    const { replacedBy } = state.deprecated;
    return `${state.key} is deprecated: ${replacedBy === undefined ? 'propose a term of another key' : `use ${replacedBy}`}`;
  }
  if (action.type === 'term.draft') return foreignKey(state, action.payload.term) ?? proposedAlready(state);
  if (action.type === 'term.propose') return proposal(state, action.payload, context);
  const { team } = context.by;
  if (action.type === 'term.withdraw') return notProposed(state, action.payload.version) ?? notTheirs(state, team);
  if (!isApprover(team)) return `by.team: "${team}" has no vote on terms; marketing and sales have`;
  if (action.type === 'term.deprecate') return deprecation(state, action.payload.replacedBy, team, context.others);
  if (action.type === 'term.confirm') return confirmation(state, action.payload.version);
  const wrong = notProposed(state, action.payload.version);
  if (wrong !== null || action.type === 'term.reject') return wrong;
  return state.open?.approvals[team] === undefined ? null : `${team} has approved ${action.payload.version} already`;
}

const isApprover = (team: string): team is Approver => APPROVERS.some((a) => a === team);

function foreignKey(state: TermState, term: TermDefinition): string | null {
  if (term.agreedBy !== undefined) return 'payload.term.agreedBy: approvals are given by command; leave it out';
  return term.id === state.key
    ? null
    : `payload.term.id: "${term.id}" is not the target "${state.key}"; send it to its own target`;
}

function notProposed(state: TermState, version: string): string | null {
  if (state.open?.stage !== 'proposed') return `${state.key} has no proposal; propose one first`;
  const offered = state.open.term.version;
  return offered === version ? null : `payload.version: ${version} is not proposed; ${offered} is, read it first`;
}

function proposedAlready({ key, open }: TermState): string | null {
  return open?.stage === 'proposed'
    ? `${key} ${open.term.version} is proposed; withdraw it first, or propose the new text in its place`
    : null;
}

function notTheirs({ open }: TermState, team: string): string | null {
  const writer = open?.written?.by.team ?? team;
  return writer === team ? null : `the proposal is of ${writer}; reject it with a comment, or ask them to withdraw it`;
}

function confirmation(state: TermState, version: string): string | null {
  const current = state.agreed.at(-1);
  if (current === undefined) return `${state.key} is not agreed yet; approve the proposal instead`;
  return current.term.version === version
    ? null
    : `payload.version: ${version} is not the agreed version; confirm ${current.term.version}`;
}

function deprecation(
  state: TermState,
  replacedBy: string | undefined,
  team: Approver,
  others?: Glossary,
): string | null {
  if (state.agreed.length === 0 && state.open === null) return `${state.key} does not exist; nothing to deprecate`;
  if (replacedBy === state.key) return 'payload.replacedBy: a term cannot replace itself; name another or leave it out';
  if (replacedBy !== undefined && others?.terms.some((t) => t.id === replacedBy) === false)
    return `payload.replacedBy: term "${replacedBy}" is not known; name one that is or leave it out`;
  const pending = state.retirement;
  if (pending === null) return null;
  if (pending.teams[team] !== undefined) return `${team} has asked for this already; the other team has to agree`;
  return pending.replacedBy === replacedBy
    ? null
    : `payload.replacedBy: the other team asked for ${pending.replacedBy ?? 'no replacement'}; say the same, or confirm the term to keep it`;
}

type Proposal = Extract<TermAction, { type: 'term.propose' }>['payload'];

function proposal(state: TermState, { term, impact }: Proposal, context: TermContext): string | null {
  const foreign = foreignKey(state, term);
  if (foreign !== null) return foreign;
  const broken = context.others === undefined ? null : brokenBy(term, context.others);
  if (broken !== null) return broken;
  const current = state.agreed.at(-1)?.term;
  if (current === undefined) return null;
  const fault = versionFault(current, term);
  if (fault !== null) return `payload.term.version: ${fault.reason}; ${fault.remedy}`;
  const major = requiredChange(current, term) === 'major' || changeBetween(current.version, term.version) === 'major';
  if (!major) return null;
  if (impact === undefined) return 'payload.impact: a major change needs a preview; attach the result of previewImpact';
  const stale =
    'before' in impact &&
    (impact.before.hash !== definitionHash(current) || impact.after.hash !== definitionHash(term));
  return stale ? 'payload.impact: the preview is of another text; make it again from this one' : null;
}

/** What a term brings about among the others: a double name, an unknown reference, a circle. */
function brokenBy(term: TermDefinition, glossary: Glossary): string | null {
  const without = { ...glossary, terms: glossary.terms.filter((t) => t.id !== term.id) };
  const before = new Set(checkGlossary(without).map(({ path, reason }) => `${path} ${reason}`));
  const faults = checkGlossary({ ...without, terms: [...without.terms, term] });
  const fault = faults.find(({ path, reason }) => !before.has(`${path} ${reason}`));
  return fault === undefined ? null : `payload.term: ${fault.reason}; ${fault.remedy}`;
}
