import type { Definition, Glossary, GlossaryList, GlossaryQuestion, TermLine } from '../../contracts/index.ts';
import { compileSearch, searchGlossary, type SearchIndex } from '../../glossary/search.ts';
import type { TermState } from '../../glossary/life/state.ts';
import { termStanding } from '../../glossary/life/status.ts';
import type { Desk } from '../desk.ts';
import { readerOf } from '../handoffs/people.ts';
import type { Asking } from '../reader.ts';

/** How a term stands, as one line; undefined when nothing is known of it. */
export function termLine(state: TermState, at: string): TermLine | undefined {
  const { status, inForce, coming, next, staleFrom, waitsFor } = termStanding(state, Date.parse(at));
  const term = inForce ?? coming?.term ?? state.open?.term;
  if (term === undefined) return undefined;
  return {
    key: state.key,
    ledgerVersion: state.version,
    status,
    term,
    inForce: inForce !== null,
    ...(next === undefined ? {} : { next }),
    ...(staleFrom === undefined ? {} : { staleFrom }),
    waitsFor: [...waitsFor],
  };
}

/** Search indexes by their glossary; the terms of a desk change seldom and are searched often. */
const indexes = new WeakMap<Desk, { version: number; index: SearchIndex }>();

/** All terms by name, or those a search finds, the best first. */
export function glossaryList(
  { search }: GlossaryQuestion,
  desk: Desk,
  { at, reader }: Asking,
  definitions: readonly Definition[],
): GlossaryList {
  const lines = desk
    .termStates()
    .flatMap((state) => termLine(state, at) ?? [])
    .sort((a, b) => a.term.term.localeCompare(b.term.term, desk.lang));
  const counts = {
    terms: lines.filter(({ status }) => status !== 'deprecated').length,
    agreed: lines.filter(({ status }) => status === 'agreed' || status === 'stale').length,
    open: lines.filter(({ next }) => next !== undefined).length,
  };
  const head = {
    kind: 'glossary' as const,
    show: 'terms' as const,
    ledger: desk.version,
    ...(reader === undefined ? {} : { me: readerOf(reader) }),
    lang: desk.lang,
    counts,
    stages: stagesOf(lines, definitions),
  };
  if (search === undefined || search.trim() === '') return { ...head, terms: lines };
  const byKey = new Map(lines.map((line) => [line.key, line]));
  const found = searchGlossary(indexOf(desk, at), search, lines.length).filter(({ term }) => byKey.has(term.id));
  return {
    ...head,
    terms: found.flatMap(({ term }) => byKey.get(term.id) ?? []),
    found: found.map(({ term, met, redirect }) => {
      return { key: term.id, met, ...(redirect === undefined ? {} : { redirect }) };
    }),
  };
}

/** The stages of all funnels that these terms belong to, in the order of the funnels. */
function stagesOf(lines: readonly TermLine[], definitions: readonly Definition[]): { key: string; label: string }[] {
  const used = new Set(lines.map(({ term }) => term.stage));
  const stages = definitions.flatMap((d) => (d.kind === 'funnel' && d.mode !== 'event' ? d.stages : []));
  const labels = new Map<string, string>();
  for (const { key, label = key } of stages) if (used.has(key) && !labels.has(key)) labels.set(key, label);
  return [...labels].map(([key, label]) => ({ key, label }));
}

function indexOf(desk: Desk, at: string): SearchIndex {
  const known = indexes.get(desk);
  if (known?.version === desk.version) return known.index;
  const glossary: Glossary = desk.glossary(Date.parse(at));
  const index = compileSearch(glossary);
  indexes.set(desk, { version: desk.version, index });
  return index;
}
