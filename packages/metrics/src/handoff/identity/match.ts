import { tokensOf } from '../../glossary/words/tokens.ts';
import { plainWord } from '../../glossary/words/fold.ts';
import type { KnownPerson } from '../contracts/index.ts';
import { domainOf, identityKeys, type KeyOptions } from './keys.ts';

/** Who a person may be. @beta */
export interface PersonMatch {
  /** Ids of those who share a key, in the order they were added; it is the same person. */
  same: string[];
  /** Ids of those with a like name at the same domain. A reader has to decide. */
  suggested: string[];
}

/** People by their keys. @beta */
export interface PersonIndex {
  add(person: KnownPerson): void;
  match(person: KnownPerson): PersonMatch;
}

/** Names are alike from this share of common letter pairs on. */
const ALIKE = 0.8;

/**
 * Finds people by normalised e-mail, E.164 phone or the id in a source system; by name and domain it only suggests
 * (Dice coefficient of letter pairs ≥ 0.8; Dice, Ecology 26 (1945) 297–302). A person is never matched with itself.
 * @beta
 */
export function createPersonIndex(people: Iterable<KnownPerson> = [], options: KeyOptions = {}): PersonIndex {
  const byKey = new Map<string, string[]>();
  const byDomain = new Map<string, { id: string; pairs: ReadonlySet<string> }[]>();
  const add = (person: KnownPerson): void => {
    for (const key of identityKeys(person, options)) listed(byKey, key, person.id);
    const domain = domainOf(person);
    if (domain !== null && person.name !== undefined)
      listed(byDomain, domain, { id: person.id, pairs: pairsOf(person.name) });
  };
  for (const person of people) add(person);
  return {
    add,
    match: (person) => {
      const found = identityKeys(person, options).flatMap((key) => byKey.get(key) ?? []);
      const same = [...new Set(found)].filter((id) => id !== person.id);
      const domain = domainOf(person);
      if (domain === null || person.name === undefined) return { same, suggested: [] };
      const pairs = pairsOf(person.name);
      const alike = (byDomain.get(domain) ?? []).filter((other) => likeness(pairs, other.pairs) >= ALIKE);
      const others = [...new Set(alike.map(({ id }) => id))];
      return { same, suggested: others.filter((id) => id !== person.id && !same.includes(id)) };
    },
  };
}

function listed<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** The pairs of letters of a name, its words in order, so that "Ng, Ana" and "Ana Ng" are one. */
function pairsOf(name: string): ReadonlySet<string> {
  const words = tokensOf(name)
    .map(({ text }) => plainWord(text))
    .sort();
  return new Set(words.flatMap((word) => Array.from(` ${word}`, (c, i) => c + (word[i] ?? ' '))));
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = [...a].filter((pair) => b.has(pair)).length;
  return a.size + b.size === 0 ? 0 : (2 * common) / (a.size + b.size);
}
