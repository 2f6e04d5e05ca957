import type { Envelope, GlossaryTerm, TermDefinition } from '@sama/metrics/contracts';
import { nextVersion } from '@sama/metrics/definitions';
import { troubleText } from '../internal/states.ts';
import type { DeskWords } from './desk-words.ts';
import { type Change, type Preview, textOf } from './forms.ts';

/** Where a form leads: to a command, to a look at its text first, or to why neither. */
interface Lead {
  preview: Preview | undefined;
  readonly words: DeskWords;
  give(type: string, full: GlossaryTerm, payload: Record<string, unknown>): Promise<void>;
  impactOf(key: string, text: TermDefinition): Promise<Envelope | undefined>;
  tell(fault: string): void;
}

const CHANGES: readonly Change[] = ['patch', 'minor', 'major'];
const isChange = (word: unknown): word is Change => CHANGES.some((change) => change === word);

/** Gives the command a form was filled in for, or looks at its text first. */
export async function submit(deeds: Lead, full: GlossaryTerm, values: FormData, type: string): Promise<void> {
  const said = (name: string): string => {
    const value = values.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const reason = said('reason');
  if (type === 'term.reject') return deeds.give(type, full, { version: full.open?.term.version, comment: reason });
  if (type === 'term.deprecate') {
    const replacedBy = said('replacedBy') || undefined;
    return deeds.give(type, full, { reason, ...(replacedBy && { replacedBy }) });
  }
  const { preview } = deeds;
  if (type === 'term.propose' && preview !== undefined) {
    const payload = { term: preview.text, impact: preview.impact.impact, ...(reason && { reason }) };
    return deeds.give(type, full, payload);
  }
  const change = said('change');
  await look(deeds, full, values, type, isChange(change) ? change : 'patch').catch((error) =>
    deeds.tell(String(error)),
  );
}

/** Asks what a text would mean, under the least version its changes ask for. */
async function look(deeds: Lead, full: GlossaryTerm, values: FormData, type: string, change: Change): Promise<void> {
  const agreed = full.versions[0]?.version;
  const from = full.open?.term ?? full.term;
  const version = agreed === undefined ? from.version : nextVersion(agreed, change);
  const text = textOf(values, from, version, deeds.words);
  if (typeof text === 'string') return deeds.tell(text);
  if (type === 'term.draft') return deeds.give(type, full, { term: text });
  const answer = await deeds.impactOf(full.key, text);
  const impact = answer?.data;
  const t = deeds.words;
  if (impact?.kind !== 'glossary' || impact.show !== 'impact')
    return deeds.tell(answer === undefined ? t.refused : troubleText(answer, '', false, t));
  const least = impact.change ?? change;
  if (CHANGES.indexOf(change) < CHANGES.indexOf(least)) return look(deeds, full, values, type, least);
  deeds.preview = { text, impact };
  deeds.tell('');
}
