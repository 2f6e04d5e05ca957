import { explainIssue, faultsOf, Glossary } from '../../contracts/index.ts';
import { checkGlossary, type Known } from './check.ts';
import { GlossaryError, type GlossaryFault } from './faults.ts';

/**
 * Reads a glossary from JSON text or a parsed value, and checks it as a whole: unknown fields, owners, names that
 * mean two things, references and circles of them, versions that say too little of a change.
 *
 * @param file what it was read from, for messages.
 * @throws GlossaryError naming all faults with file, path and remedy; nothing is kept then.
 * @public
 */
export function loadGlossary(source: unknown, file: string, known: Known = {}): Glossary {
  const parsed = Glossary.safeParse(typeof source === 'string' ? parse(source, file) : source, { error: explainIssue });
  if (!parsed.success) {
    throw new GlossaryError(
      faultsOf(parsed.error.issues).map(({ field, reason, remedy = 'correct it' }) => ({
        file,
        path: field,
        reason,
        remedy: /(^|\.)owners(\.\d+)?$/.test(field) ? OWNERS : remedy,
      })),
    );
  }
  const faults: GlossaryFault[] = checkGlossary(parsed.data, known).map((fault) => ({ file, ...fault }));
  if (faults.length > 0) throw new GlossaryError(faults);
  return parsed.data;
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'not readable';
    throw new GlossaryError([
      { file, path: '', reason: `not JSON (${reason})`, remedy: 'mend the file or export it again' },
    ]);
  }
}

const OWNERS = 'give "owners", such as ["marketing"], ["sales"] or ["both"]';

/** A glossary as JSON text with two blanks of indent, which `loadGlossary` reads back. @public */
export function glossaryJson(glossary: Glossary): string {
  return `${JSON.stringify(glossary, null, 2)}\n`;
}
