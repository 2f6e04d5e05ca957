import type { Glossary, TermDefinition } from '../../contracts/index.ts';
import { compareVersions } from '../../definitions/version.ts';
import { versionFault } from '../change.ts';
import { currentTerms, namesOf } from '../current.ts';
import { spellings } from '../lint/lexicon.ts';
import type { GlossaryFault } from './faults.ts';

/** What a glossary may refer to outside itself; what is left out is not checked. @public */
export interface Known {
  stages?: readonly string[];
  metrics?: readonly string[];
}

type Fault = Omit<GlossaryFault, 'file'>;

/** The faults between the terms of a glossary whose fields are right. @public */
export function checkGlossary(glossary: Glossary, known: Known = {}): Fault[] {
  return [
    ...doubleVersions(glossary.terms),
    ...doubleNames(glossary),
    ...avoidedNames(glossary.terms),
    ...badVersions(glossary.terms),
    ...badReferences(glossary, known),
    ...cycles(glossary),
  ];
}

const pathOf = (terms: readonly TermDefinition[], term: TermDefinition): string => `terms.${terms.indexOf(term)}`;

function doubleVersions(terms: readonly TermDefinition[]): Fault[] {
  const seen = new Map<string, number>();
  return terms.flatMap((term, i) => {
    const name = `${term.id}@${term.version}`;
    const first = seen.get(name);
    if (first === undefined) {
      seen.set(name, i);
      return [];
    }
    return [
      {
        path: `terms.${i}`,
        reason: `term ${name} stands here and at terms.${first}`,
        remedy: 'keep one of them, or give this one another version',
      },
    ];
  });
}

const folded = (phrase: string): string => spellings(phrase)[0]?.join(' ') ?? '';

/** A name must mean one thing. Names in different languages, and those of retired terms, do not meet. */
function doubleNames(glossary: Glossary): Fault[] {
  const owner = new Map<string, { term: TermDefinition; name: string }>();
  return currentTerms(glossary).flatMap((term) =>
    namesOf(term).flatMap((name) => {
      const key = `${term.lang ?? glossary.lang ?? 'en'} ${folded(name)}`;
      const other = owner.get(key);
      owner.set(key, other ?? { term, name });
      if (other === undefined) return [];
      const path = pathOf(glossary.terms, term);
      const where = other.term === term ? 'this term' : `${other.term.id} (${pathOf(glossary.terms, other.term)})`;
      return [
        {
          path,
          reason: `"${name}" is already a name of ${where}`,
          remedy: `take it out of ${term.id} or of the other`,
        },
      ];
    }),
  );
}

function avoidedNames(terms: readonly TermDefinition[]): Fault[] {
  return terms.flatMap((term, i) => {
    const names = new Set(namesOf(term).map(folded));
    return (term.avoid ?? []).flatMap(({ word }, j) =>
      names.has(folded(word))
        ? [
            {
              path: `terms.${i}.avoid.${j}.word`,
              reason: `"${word}" is a name of ${term.id} itself`,
              remedy: 'take it out of "avoid" or out of the names',
            },
          ]
        : [],
    );
  });
}

function badVersions(terms: readonly TermDefinition[]): Fault[] {
  const sorted = terms.toSorted((a, b) => compareVersions(a.version, b.version));
  const before = new Map<string, TermDefinition>();
  return sorted.flatMap((term) => {
    const older = before.get(term.id);
    before.set(term.id, term);
    const fault = older === undefined || older.version === term.version ? null : versionFault(older, term);
    return fault === null ? [] : [{ path: `${pathOf(terms, term)}.version`, ...fault }];
  });
}

function badReferences(glossary: Glossary, known: Known): Fault[] {
  const keys = new Set(glossary.terms.map((t) => t.id));
  const unknown = (path: string, what: string, name: string, names: Iterable<string>): Fault => ({
    path,
    reason: `${what} "${name}" is not known`,
    remedy: `write one of ${[...names].join(', ')}, or take it out`,
  });
  const terms = glossary.terms.flatMap((term, i): Fault[] => [
    ...(term.uses ?? []).flatMap((key, j) =>
      keys.has(key) ? [] : [unknown(`terms.${i}.uses.${j}`, 'term', key, keys)],
    ),
    ...(term.stage !== undefined && known.stages?.includes(term.stage) === false
      ? [unknown(`terms.${i}.stage`, 'stage', term.stage, known.stages)]
      : []),
    ...(term.metrics ?? []).flatMap((key, j) =>
      known.metrics?.includes(key) === false ? [unknown(`terms.${i}.metrics.${j}`, 'metric', key, known.metrics)] : [],
    ),
  ]);
  const retired = (glossary.retired ?? []).flatMap(({ term, replacedBy }, i): Fault[] => [
    ...(keys.has(term) ? [] : [unknown(`retired.${i}.term`, 'term', term, keys)]),
    ...(replacedBy === undefined || (keys.has(replacedBy) && replacedBy !== term)
      ? []
      : [unknown(`retired.${i}.replacedBy`, 'other term', replacedBy, keys)]),
  ]);
  return [...terms, ...retired];
}

/** Definitions that lead back to themselves by `uses`, each cycle once. */
function cycles(glossary: Glossary): Fault[] {
  const terms = new Map(currentTerms(glossary).map((t) => [t.id, t]));
  const done = new Set<string>();
  const faults: Fault[] = [];
  // A stack of its own: a long chain of terms is not a fault.
  for (const start of terms.keys()) {
    const road: { key: string; next: number }[] = done.has(start) ? [] : [{ key: start, next: 0 }];
    const on = new Map(road.map(({ key }) => [key, 0]));
    for (let top = road.at(-1); top !== undefined; top = road.at(-1)) {
      const term = terms.get(top.key);
      const key = term?.uses?.[top.next++];
      const back = key === undefined ? undefined : on.get(key);
      if (key === undefined) {
        road.pop();
        on.delete(top.key);
        done.add(top.key);
      } else if (back !== undefined && term !== undefined) {
        const circle = [...road.slice(back).map((r) => r.key), key].join(' → ');
        const path = `${pathOf(glossary.terms, term)}.uses`;
        faults.push({
          path,
          reason: `the definitions lead in a circle: ${circle}`,
          remedy: `take "${key}" out of "uses"`,
        });
      } else if (terms.has(key) && !done.has(key)) {
        on.set(key, road.length);
        road.push({ key, next: 0 });
      }
    }
  }
  return faults;
}
