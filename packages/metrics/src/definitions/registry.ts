import type { Definition, DefinitionHead, DefinitionRef } from '../contracts/index.ts';
import { QuestionError } from '../errors.ts';
import { definitionHash } from './hash.ts';
import { compareVersions } from './version.ts';

/** Definitions and where each was read, in order of authority. @public */
export interface Place<D = Definition> {
  name: string;
  definitions: readonly D[];
}

/**
 * Joins the definitions of several places, the most authoritative first.
 *
 * @throws QuestionError `definition-conflict` when one id and version means two things.
 * @public
 */
export function joinDefinitions<D extends DefinitionHead & { kind: string } = Definition>(
  places: readonly Place<D>[],
): D[] {
  const seen = new Map<string, { place: string; definition: D }>();
  for (const { name, definitions } of places) {
    for (const definition of definitions) {
      const key = `${definition.kind} ${definition.id}@${definition.version}`;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, { place: name, definition });
      else if (definitionHash(first.definition) !== definitionHash(definition)) {
        throw new QuestionError(
          'definition-conflict',
          `${key} is defined differently in ${first.place} and in ${name}: give one of them another version`,
        );
      }
    }
  }
  return [...seen.values()].map(({ definition }) => definition);
}

/**
 * The definition of a kind by `id@version`, or by `id` the newest one that somebody agreed to
 * (the newest at all when none is agreed).
 *
 * @throws QuestionError `unknown-definition`, naming what there is.
 * @public
 */
export function findDefinition<K extends Definition['kind']>(
  definitions: readonly Definition[],
  kind: K,
  name: string,
): Extract<Definition, { kind: K }> {
  const isKind = (d: Definition): d is Extract<Definition, { kind: K }> => d.kind === kind;
  const ofKind = definitions.filter(isKind);
  const [id, version] = name.split('@');
  const named = ofKind.filter((d) => d.id === id && (version === undefined || d.version === version));
  const agreed = named.filter((d) => (d.agreedBy?.length ?? 0) > 0);
  const [found] = (agreed.length > 0 ? agreed : named).toSorted((a, b) => compareVersions(b.version, a.version));
  if (found === undefined) {
    const known = ofKind.map((d) => `${d.id}@${d.version}`).join(', ');
    throw new QuestionError(
      'unknown-definition',
      `${kind} "${name}" is not defined; known: ${known === '' ? 'none' : known}`,
    );
  }
  return found;
}

/** How an answer names its definition. @public */
export function definitionRef(definition: DefinitionHead): DefinitionRef {
  return {
    id: definition.id,
    version: definition.version,
    hash: definitionHash(definition),
    agreed: (definition.agreedBy ?? []).map((a) => a.team),
  };
}
