import type { Glossary, TermDefinition } from '../contracts/index.ts';
import { criteriaLines } from '../messages/criteria.ts';
import { APPROVERS, currentTerms } from './current.ts';

/** Text as Markdown that reads as the same text: nothing in it becomes a tag, a link or a heading. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>#|~!&@]|:(?=\/\/)|(?<=\bwww)\./gi, String.raw`\$&`)
    .replace(/^([-+=]|\d+(?=[.)]))/, String.raw`\$&`);
}

/**
 * A glossary as a Markdown document (GitHub's flavour), one section for each term by name, with the
 * version in force or the newest. Each section has the term's stable anchor, `term-KEY`.
 * @public
 */
export function glossaryMarkdown(glossary: Glossary, title = 'Glossary'): string {
  const terms = currentTerms(glossary).toSorted((a, b) => a.term.localeCompare(b.term, glossary.lang ?? 'en'));
  return `${[`# ${plain(title)}`, ...terms.map((term) => section(term, terms))].join('\n\n')}\n`;
}

function section(term: TermDefinition, terms: readonly TermDefinition[]): string {
  const short = term.abbreviation === undefined ? '' : ` (${plain(term.abbreviation)})`;
  const agreed = APPROVERS.filter((team) => (term.agreedBy ?? []).some((a) => a.team === team));
  const state = agreed.length === 0 ? 'not agreed' : `agreed by ${agreed.join(' and ')}`;
  const list = (head: string, items: readonly string[] = []): string[] =>
    items.length === 0 ? [] : [`**${head}:** ${items.join(', ')}`];
  const uses = (term.uses ?? []).map((key) => `[${plain(terms.find((t) => t.id === key)?.term ?? key)}](#term-${key})`);
  const avoid = (term.avoid ?? []).map(({ word, say, note }) =>
    [plain(word), say === undefined ? '' : `: say ${plain(say)}`, note === undefined ? '' : ` (${plain(note)})`].join(
      '',
    ),
  );
  const ties = [
    ...(term.stage === undefined ? [] : [`stage ${term.stage}`]),
    ...(term.metrics ?? []),
    ...(term.ties ?? []),
  ];
  return [
    `<a id="term-${term.id}"></a>\n\n## ${plain(term.term)}${short}`,
    `Version ${term.version}, ${state}. Owner: ${term.owners.join(', ')}.`,
    plain(term.definition),
    ...(term.description === undefined ? [] : [plain(term.description)]),
    ...(term.criteria === undefined
      ? []
      : [
          [
            '**True when**',
            '',
            ...criteriaLines(term.criteria).map((l) => `${'  '.repeat(l.depth)}- ${plain(l.text)}`),
          ].join('\n'),
        ]),
    ...(term.rule === undefined ? [] : [`**Rule:** ${plain(term.rule)}`]),
    ...list('Also', (term.synonyms ?? []).map(plain)),
    ...list('Do not say', avoid),
    ...list('Uses', uses),
    ...list('Ties to', ties.map(plain)),
  ].join('\n\n');
}
