import type { Envelope, Glossary, TermDefinition } from '../contracts/index.ts';
import { plainGlossary } from '../glossary/plain.ts';
import { problem } from '../problem.ts';
import { readHead } from './read-head.ts';
import { isObject } from './shape.ts';

/** Fields of each kind of thing: a text as it is, `[` a list, `{` an object; those that end in `?` may be absent. */
const TERM =
  'id version term definition description? abbreviation? rule? stage? [owners [synonyms? [metrics? [ties? [avoid? [agreedBy?';
const LINE = 'key status [waitsFor';
const FULL = '[criteria [versions [history [usedBy [can {approvals';

/** The first of these fields that is not as it should be, or nothing. */
function fault(value: unknown, fields: string): string {
  if (!isObject(value)) return ': expected an object';
  for (const [, mark = '', key = '', optional] of fields.matchAll(/([[{]?)(\w+)(\??)/g)) {
    const field = value[key];
    if (optional === '?' && field === undefined) continue;
    if (mark === '[' ? !Array.isArray(field) : mark === '{' ? !isObject(field) : typeof field !== 'string')
      return `.${key}: expected ${mark === '[' ? 'a list' : mark === '{' ? 'an object' : 'a string'}`;
  }
  return '';
}

/** A field's own fault, with its place. */
const within = (place: string, found: string): string => found && place + found;

/** The first fault of a list, with its place. */
function each(value: unknown, key: string, faultOf: (one: unknown) => string): string {
  const list = isObject(value) ? (value[key] ?? []) : [];
  if (!Array.isArray(list)) return `.${key}: expected a list`;
  for (const [i, one] of list.entries()) {
    const found = faultOf(one);
    if (found) return `.${key}[${i}]${found}`;
  }
  return '';
}

const termFault = (term: unknown): string =>
  fault(term, TERM) ||
  each(term, 'avoid', (one) => fault(one, 'word say? note?')) ||
  each(term, 'agreedBy', (one) => fault(one, 'team by at'));

const termOf = (value: unknown): string => within('.term', termFault(isObject(value) ? value['term'] : value));

const lineFault = (line: unknown): string => fault(line, LINE) || termOf(line);

/** What is wrong with what each answer shows. */
const faults: Record<string, (data: Record<string, unknown>) => string> = {
  terms: (data) =>
    fault(data, '{counts [terms') ||
    each(data, 'stages', (one) => fault(one, 'key label')) ||
    each(data, 'terms', lineFault),
  term: (data) =>
    lineFault(data) ||
    fault(data, FULL) ||
    each(data, 'history', (one) => fault(one, 'type {by [diff')) ||
    (data['open'] === null
      ? ''
      : within('.open', fault(data['open'], 'stage [diff [criteria {approvals') || termOf(data['open']))),
  impact: (data) => fault(data, 'after {impact'),
};

/**
 * Whether this has the fields of a term that a page shows; its criteria are for the ledger to judge.
 * @beta
 */
export const isTerm = (value: unknown): value is TermDefinition => termFault(value) === '';

const fileFault = (value: unknown): string => fault(value, '[terms') || each(value, 'terms', termFault);
const isFile = (value: unknown): value is Glossary => fileFault(value) === '';

/**
 * Reads what a glossary is shown from: an answer, with the fields a page shows, or the file of a glossary, which gets
 * the flag `as-supplied`. Never throws; a wrong field gives `invalid-answer` and is named.
 * @public
 */
export function readGlossary(value: unknown): Envelope {
  if (isObject(value) && value['kind'] === 'glossary')
    return isFile(value) ? plainGlossary(value) : problem('invalid-answer', fileFault(value).slice(1));
  const envelope = readHead(value);
  const { data } = envelope;
  if (data === undefined) return envelope;
  const { kind, show = '', ...rest }: Record<string, unknown> = { ...data };
  const found = kind === 'glossary' ? faults[String(show)]?.(rest) : undefined;
  return found === '' ? envelope : problem('invalid-answer', `data${found ?? '.kind: expected a glossary'}`);
}
