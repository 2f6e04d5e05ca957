import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Failure } from '../internal/commands.ts';
import type { Counts } from '../internal/counts.ts';
import { badIcon, warnIcon } from '../internal/icons.ts';
import { teamName } from '../internal/states.ts';
import type { DeskWords } from './desk-words.ts';

/** What a failure is told from. */
export interface Told {
  failure: Failure;
  /** The moment the list was true for, by the clock of the ledger. */
  asOf: string | undefined;
  f: Counts;
  t: DeskWords;
  again(): void;
  forget(): void;
}

/** Why something was not done: somebody was there before, or it was refused; what it looked like is taken back. */
export function failureBanner({ failure: { outcome }, asOf, f, t, again, forget }: Told): TemplateResult {
  const { status, by, at, message, remedy } = outcome;
  const conflict = status === 'conflict';
  const text = conflict
    ? by && at
      ? t.conflict(by.name, teamName(by.team, t), ago(at, asOf, f, t))
      : t.conflictUnknown
    : `${t.refused} ${message ?? ''}${!remedy || message?.includes(remedy) ? '' : ` ${remedy}`}`;
  return html`<p class="banner ${conflict ? 'warn' : 'bad'}" role="alert">
    ${conflict ? warnIcon() : badIcon()}<span
      >${text} ${conflict ? nothing : html`<button class="link" @click=${again}>${t.tryAgain}</button> `}<button
        class="link"
        @click=${forget}
      >
        ${t.dismiss}
      </button></span
    >
  </p>`;
}

/** How long ago something was, by one clock. */
function ago(at: string, asOf: string | undefined, f: Counts, t: DeskWords): string {
  const seconds = Math.round((Date.parse(asOf ?? '') - Date.parse(at)) / 1000);
  if (!(seconds >= 0 && seconds < 3600)) return f.date(at, true);
  return seconds < 60 ? t.secondsAgo(f.count(seconds)) : t.minutesAgo(f.count(Math.floor(seconds / 60)));
}
