import { InputError } from '../../errors.ts';
import type { KnownPerson, Merge } from '../contracts/index.ts';
import { identityKeys, type KeyOptions } from './keys.ts';

/** Who people are after merges. @beta */
export interface People {
  /** The id that goes on. */
  survivorOf(id: string): string;
  /** All ids of that person, the survivor first, then in the order of the merges. */
  idsOf(id: string): readonly string[];
}

/**
 * Applies merges in their order. The list is kept and never changed; a merge is taken back by leaving it out.
 *
 * @throws InputError when somebody is merged into themselves, or twice.
 * @beta
 */
export function mergedPeople(merges: readonly Merge[]): People {
  const into = new Map<string, string>();
  const members = new Map<string, string[]>();
  const survivorOf = (id: string): string => {
    let at = id;
    for (let next = into.get(at); next !== undefined; next = into.get(at)) at = next;
    return at;
  };
  for (const [i, merge] of merges.entries()) {
    const already = into.get(merge.from);
    if (already !== undefined) {
      throw new InputError(
        `merges.${i}.from`,
        `${merge.from} was merged into ${already}`,
        `merge ${survivorOf(already)}`,
      );
    }
    const survivor = survivorOf(merge.into);
    if (survivor === merge.from) {
      throw new InputError(`merges.${i}.into`, `${merge.into} is ${merge.from} already`, 'name two people');
    }
    into.set(merge.from, survivor);
    members.set(survivor, [...(members.get(survivor) ?? [survivor]), ...(members.get(merge.from) ?? [merge.from])]);
    members.delete(merge.from);
  }
  return {
    survivorOf,
    idsOf: (id) => {
      const survivor = survivorOf(id);
      return members.get(survivor) ?? [survivor];
    },
  };
}

/**
 * The merges that shared keys ask for: everybody into the first who has one of their keys, also by way of others.
 * @beta
 */
export function mergesByKeys(people: readonly KnownPerson[], options: KeyOptions = {}): Merge[] {
  const merges: Merge[] = [];
  const owner = new Map<string, string>();
  const into = new Map<string, string>();
  const rank = new Map(people.map(({ id }, i) => [id, i]));
  const survivorOf = (id: string): string => {
    const next = into.get(id);
    return next === undefined ? id : survivorOf(next);
  };
  for (const person of people) {
    for (const key of identityKeys(person, options)) {
      const [a, b] = [survivorOf(owner.get(key) ?? person.id), survivorOf(person.id)];
      owner.set(key, a);
      if (a === b) continue;
      const [first, later] = (rank.get(a) ?? 0) < (rank.get(b) ?? 0) ? [a, b] : [b, a];
      into.set(later, first);
      merges.push({ from: later, into: first });
    }
  }
  return merges;
}
