import { RECORD_FIELDS, type Question } from '@sama/metrics/contracts';
import { allows } from './grant.ts';
import type { Signed } from './signed.ts';

/** Fields of records that name a person, unless the configuration lists others. */
const PERSONAL_FIELDS: readonly string[] = [
  'attributes.email',
  'attributes.firstName',
  'attributes.fullName',
  'attributes.lastName',
  'attributes.mobile',
  'attributes.name',
  'attributes.phone',
];

/** Fields that single a record out. */
const SINGLE = new Set(['id', 'personid']);

/** Case and underscores aside, so that `first_name` is `firstName`. */
const plain = (field: string): string => field.toLowerCase().replaceAll(/[_-]/g, '');

/** Decides whether a question may be asked at all; gives the reason against it. */
export type Permit = (signed: Signed, question: Question) => string | undefined;

/** @param personal fields that name a person, such as `attributes.email`. */
export function permits(personal: readonly string[] = PERSONAL_FIELDS): Permit {
  const hidden = new Set(personal.map(plain));
  return ({ scopes, rights }, question) => {
    for (const kind of kindsOf(question)) {
      if (allows(scopes, kind)) continue;
      const names = definitionsOf(question);
      const beyond = names?.find((name) => !allows(scopes, `${kind}:${name.split('@')[0]}`));
      if (names === undefined && scopes.some((scope) => scope.startsWith(`${kind}:`)))
        return `scopes: your rights name single definitions of kind "${kind}"; ask for one of those by its name`;
      if (names === undefined) return `scopes: your rights do not include questions of kind "${kind}"`;
      if (beyond !== undefined) return `scopes: your rights do not include ${kind} "${beyond}"`;
    }
    if (rights.caps.includes('drill') && allows(scopes, 'personal')) return undefined;
    for (const text of fieldsNamed(question)) {
      if (!allows(scopes, 'personal') && hidden.has(plain(text)))
        return `scopes: "${text}" is personal, and your rights do not include "personal"`;
      if (!rights.caps.includes('drill') && SINGLE.has(plain(text)))
        return `caps: "${text}" singles out a record, and your rights do not include "drill"`;
    }
    return undefined;
  };
}

/** Whose rights a question needs: a difference is counted from funnels, and names some of their records. */
function kindsOf(question: Question): readonly string[] {
  if (question.kind !== 'difference') return [question.kind];
  return question.records === undefined ? ['funnel'] : ['funnel', 'records'];
}

/** The definitions a question names; undefined when it names none, or brings its own. */
function definitionsOf(question: Question): readonly string[] | undefined {
  switch (question.kind) {
    case 'funnel':
    case 'eventFunnel':
    case 'records':
      return [question.funnel];
    case 'difference':
      return [question.a.funnel, question.b.funnel];
    case 'kpi':
      return question.kpis;
    case 'measure':
      return typeof question.measure === 'string' ? [question.measure] : undefined;
    case 'score':
      return [question.score];
    case 'attribution':
      return [question.attribution];
    default:
      return undefined;
  }
}

/** What may be a field: named in the question, or read without being named. */
function* fieldsNamed(question: Question): Generator<string> {
  if (question.kind === 'records') yield* ['id', ...(question.fields ?? RECORD_FIELDS)];
  if (question.kind === 'difference' && question.records !== undefined) yield 'id';
  yield* texts(question);
}

/** Every text in a value that stands in the place of a field's name. */
function* texts(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    // What a field is compared with is no field.
    if (/^(eq|gt|gte|lt|lte|matches|text|search)$/.test(key)) continue;
    if (typeof inner === 'string') yield inner;
    else yield* texts(inner);
  }
}
