import type { Definition, GlossaryTerm, TermAction, TermDefinition } from '../../contracts/index.ts';
import { changedFields } from '../../glossary/change.ts';
import { APPROVERS, type Approver } from '../../glossary/current.ts';
import { termHistory } from '../../glossary/life/history.ts';
import { refusalOf } from '../../glossary/life/refuse.ts';
import type { ByTeam, OpenVersion, TermState } from '../../glossary/life/state.ts';
import { termStanding, versionInForce } from '../../glossary/life/status.ts';
import { usedBy } from '../../glossary/used-by.ts';
import { criteriaLines } from '../../messages/criteria.ts';
import type { Desk } from '../desk.ts';
import { readerOf } from '../handoffs/people.ts';
import { actorOf, type Asking } from '../reader.ts';
import { mergedLines } from './merged-lines.ts';
import { termLine } from './lines.ts';

/** Everything about one term; undefined when nothing is known of it. */
export function glossaryTerm(
  key: string,
  desk: Desk,
  asking: Asking,
  definitions: readonly Definition[],
): GlossaryTerm | undefined {
  const held = desk.term(key);
  const line = held === undefined ? undefined : termLine(held.state, asking.at);
  if (held === undefined || line === undefined) return undefined;
  const { state, log, base } = held;
  const asOf = Date.parse(asking.at);
  const force = versionInForce(state, asOf);
  const { coming } = termStanding(state, asOf);
  const { retirement, deprecated } = state;
  return {
    kind: 'glossary',
    show: 'term',
    ledger: desk.version,
    ...(asking.reader === undefined ? {} : { me: readerOf(asking.reader) }),
    ...line,
    approvals: votesOf((force ?? state.agreed.at(-1))?.confirmed ?? {}),
    criteria: line.term.criteria === undefined ? [] : criteriaLines(line.term.criteria),
    open: state.open === null ? null : openOf(state.open, state.agreed.at(-1)?.term),
    coming: coming ?? null,
    retirement:
      retirement === null
        ? null
        : {
            reason: retirement.reason,
            ...(retirement.replacedBy === undefined ? {} : { replacedBy: retirement.replacedBy }),
            teams: APPROVERS.filter((team) => retirement.teams[team] !== undefined),
          },
    deprecated,
    versions: state.agreed.toReversed().map(({ term, from }) => ({ version: term.version, from, term })),
    history: termHistory(key, log, base).map(({ commandId: _, ...event }) => event),
    usedBy: usesOf(key, desk, asOf, definitions),
    can: commandsFor(state, desk, asking),
  };
}

function votesOf(teams: ByTeam): GlossaryTerm['approvals'] {
  const vote = (team: Approver) => {
    const signed = teams[team];
    return signed === undefined ? {} : { [team]: { by: signed.by, at: signed.at } };
  };
  return { ...vote('marketing'), ...vote('sales') };
}

/** A text that is not agreed yet, beside the version agreed last. */
function openOf(open: OpenVersion, before: TermDefinition | undefined): NonNullable<GlossaryTerm['open']> {
  const { term, stage, written, reason, impact, effectiveFrom, approvals, rejection } = open;
  return {
    term,
    stage,
    written,
    ...(reason === undefined ? {} : { reason }),
    ...(impact === undefined ? {} : { impact }),
    ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
    approvals: votesOf(approvals),
    ...(rejection === undefined ? {} : { rejection }),
    diff: before === undefined ? [] : changedFields(before, term),
    criteria: mergedLines(
      before?.criteria === undefined ? [] : criteriaLines(before.criteria),
      term.criteria === undefined ? [] : criteriaLines(term.criteria),
    ),
  };
}

/** What rests on a term, each once, whatever versions of it there are, and by the name the company gave it. */
function usesOf(key: string, desk: Desk, asOf: number, definitions: readonly Definition[]): GlossaryTerm['usedBy'] {
  const glossary = desk.glossary(asOf);
  const funnels = definitions.flatMap((d) => (d.kind === 'funnel' && d.mode !== 'event' ? [d] : []));
  const labelOf = (id: string): string =>
    definitions.find((d) => d.id === id || (d.kind === 'kpi' && 'kpi' in d.formula && d.formula.kpi === id))?.label ??
    id;
  const uses = usedBy(key, glossary, funnels).map((use): GlossaryTerm['usedBy'][number] => {
    if (use.kind === 'term')
      return { kind: use.kind, id: use.key, label: glossary.terms.find(({ id }) => id === use.key)?.term ?? use.key };
    if (use.kind === 'metric') return { kind: use.kind, id: use.id, label: labelOf(use.id) };
    const stage = funnels.find(({ id }) => id === use.funnel)?.stages.find((s) => s.key === use.stage);
    return { kind: use.kind, id: use.funnel, label: labelOf(use.funnel), stage: stage?.label ?? use.stage };
  });
  return [...new Map(uses.map((use) => [JSON.stringify(use), use])).values()];
}

/** What this reader may do with a term now. A text that is proposed is judged when it comes. */
function commandsFor(state: TermState, desk: Desk, asking: Asking): string[] {
  const by = actorOf(asking);
  if (by === undefined || state.deprecated !== null) return [];
  const version = state.open?.term.version ?? '';
  const agreed = state.agreed.at(-1)?.term;
  const text = state.open?.term ?? agreed;
  const samples: TermAction[] = [
    ...(text === undefined ? [] : [{ type: 'term.draft' as const, payload: { term: unsigned(text) } }]),
    { type: 'term.approve', payload: { version } },
    { type: 'term.reject', payload: { version, comment: '-' } },
    { type: 'term.withdraw', payload: { version } },
    { type: 'term.confirm', payload: { version: agreed?.version ?? '' } },
    { type: 'term.deprecate', payload: deprecation(state) },
  ];
  const context = { by, at: asking.at, others: desk.glossary(Date.parse(asking.at)) };
  const allowed = samples.filter((action) => refusalOf(state, action, context) === null).map(({ type }) => type);
  return ['term.propose', ...allowed];
}

const unsigned = ({ agreedBy: _, ...term }: TermDefinition): TermDefinition => term;

const deprecation = ({ retirement }: TermState) => ({
  reason: '-',
  ...(retirement?.replacedBy === undefined ? {} : { replacedBy: retirement.replacedBy }),
});
