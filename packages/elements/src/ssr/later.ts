import { html, type TemplateResult } from 'lit/html.js';
import type { AnyElement, ElementClass } from '../elements.ts';
import { marksOf } from '../funnel/marks.ts';
import { SamaFunnel } from '../funnel/funnel.ts';
import { itemTemplate } from '../funnel/notes.ts';
import { servedStyles } from '../funnel/served.styles.ts';
import { Later } from '../internal/later.ts';
import { tableStyles } from '../internal/table.styles.ts';
import { behindOf, loadBehind } from '../locale/behind.ts';
import { funnelDetail } from '../locale/en/funnel-detail.ts';
import { SamaHandoffQueue } from '../queue/handoff-queue.ts';
import { loadNames } from '../queue/queue-names-part.ts';
import { returnsStyles } from '../queue/returns.styles.ts';
import { isTemplate } from './template.ts';

/** How the template of the chart begins. */
const CHART = /^\s*<div\s+class="chart /;

/** Loads what a browser would once a reader comes near, where a page without scripts has to show it too. */
export async function loadLater(element: AnyElement): Promise<void> {
  if (!(element instanceof SamaFunnel || element instanceof SamaHandoffQueue)) return;
  const { tag } = element.words;
  if (tag !== 'en') {
    await loadBehind(tag);
    // It asks for the names when it first needs them, and has them before whoever asks then.
    element.toTemplate();
    await loadNames();
  }
  const later: unknown = Reflect.get(element, 'later');
  if (element instanceof SamaHandoffQueue && later instanceof Later) await later.get();
}

/** What an element wears for it. */
export const laterStyles = (of: ElementClass): readonly string[] =>
  of === SamaFunnel ? [servedStyles] : of === SamaHandoffQueue ? [tableStyles, returnsStyles] : [];

/**
 * What an element draws, with what only a script can add to it in a form that needs none: what is noted of the time of
 * a funnel stands closed in the room of its line.
 */
export function drawnOf(element: AnyElement): TemplateResult {
  const drawn = element.toTemplate();
  if (!(element instanceof SamaFunnel)) return drawn;
  const seen = element.look();
  const marks = seen === undefined ? [] : marksOf(seen.envelope);
  if (seen === undefined || marks.length === 0) return drawn;
  const b = behindOf(element.words.tag) ?? funnelDetail.behind;
  const lane = html`<details class="lane">
    <summary>${b.happened}</summary>
    <ul role="list">
      ${marks.map((mark) => itemTemplate(mark, seen.f, b))}
    </ul>
  </details>`;
  return withAfter(drawn, ({ strings }) => CHART.test(strings[0] ?? ''), lane);
}

/** The same with more after the part that fits. */
function withAfter(
  drawn: TemplateResult,
  fits: (part: TemplateResult) => boolean,
  more: TemplateResult,
): TemplateResult {
  const values = drawn.values.map((value) =>
    !isTemplate(value) ? value : fits(value) ? [value, more] : withAfter(value, fits, more),
  );
  return { ...drawn, values };
}
