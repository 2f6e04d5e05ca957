import type { TermLine } from '@sama/metrics/contracts';
import type { TermDefinition } from '@sama/metrics/contracts';
import { html, type TemplateResult } from 'lit/html.js';
import type { Counts } from '../internal/counts.ts';
import { okIcon, crossIcon, halfIcon, noteIcon, warnIcon } from '../internal/icons.ts';
import type { GlossaryWords } from '../locale/index.ts';

/** A term as it is called: `Marketing qualified lead (MQL)`. */
export const nameOf = ({ term, abbreviation }: TermDefinition): string =>
  abbreviation ? `${term} (${abbreviation})` : term;

/** How a term stands, by a shape, a tone and words. */
export function standingTemplate(
  { status, inForce, next, staleFrom }: TermLine,
  f: Counts,
  t: GlossaryWords,
): TemplateResult {
  const waits = inForce && next !== undefined;
  const text = waits
    ? t.nextVersion(next.version, t.termStatus[next.status === 'draft' ? 'draft' : 'proposed'])
    : status === 'stale' && staleFrom !== undefined
      ? t.staleSince(f.date(staleFrom))
      : t.termStatus[status];
  const [tone, icon] = waits
    ? ['', halfIcon]
    : status === 'agreed'
      ? ['ok', okIcon]
      : status === 'stale'
        ? ['warn', warnIcon]
        : status === 'deprecated'
          ? ['', crossIcon]
          : status === 'proposed'
            ? ['', halfIcon]
            : ['', noteIcon];
  return html`<span class="chip ${tone}">${icon()}<span>${text}</span></span>`;
}
