import type { GlossaryTerm } from '@sama/metrics/contracts';
import type { Action } from '../internal/action.ts';
import { copied, fileName, saveFile } from '../internal/hand-out.ts';
import { printAction } from '../internal/menu.ts';
import type { GlossaryWords } from '../locale/index.ts';
import { deskWords } from './desk-words.ts';
import type { Doing } from './doing.ts';

/** Whose terms are handed out. */
export interface Exporter {
  toMarkdown(): Promise<string>;
  /** Says what was just done. */
  say(text: string): void;
}

/** What can be done with all terms. */
export function exportsOf(host: Exporter, title: string, words: GlossaryWords): Action[] {
  const t = deskWords(words);
  return [
    {
      text: t.markdown,
      run: async () => saveFile(fileName(title, 'md'), new Blob([await host.toMarkdown()], { type: 'text/markdown' })),
    },
    { text: t.copyMarkdown, run: async () => host.say(await copied(await host.toMarkdown(), t.copied)) },
    printAction(t),
  ];
}

/** What can be done with a term beside what stands in plain sight. */
export function actionsOf({ key, status, retirement }: GlossaryTerm, doing: Doing, words: GlossaryWords): Action[] {
  const t = deskWords(words);
  const due = status === 'stale' || retirement !== null;
  const address = (): string => new URL(`#term-${key}`, location.href).href;
  const given: Action[] = ['term.reject', 'term.withdraw', 'term.confirm', 'term.deprecate']
    .filter((type) => doing.can.includes(type) && (type !== 'term.confirm' || !due))
    // Where the reader's word is due it stands beside the approval.
    .filter((type) => type !== 'term.reject' || !doing.can.includes('term.approve'))
    .map((type) => ({
      text: t.deeds[type] ?? type,
      run: () => (type === 'term.reject' || type === 'term.deprecate' ? doing.open(type) : doing.give(type)),
    }));
  return [{ text: t.copyLink, run: async () => doing.say(await copied(address(), t.linkCopied)) }, ...given];
}
