import type { HandoffList, HandoffView } from '@sama/metrics/contracts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { menuTemplate } from '../internal/frame.ts';
import { filterIcon } from '../internal/icons.ts';
import type { Later } from '../internal/later.ts';
import type { QueueWords } from '../locale/index.ts';
import { VIEWS } from './choices.ts';
import type { KeyName } from './keys.ts';
import type { Actions, Desk } from './queue-desk-part.ts';

interface Tools {
  t: QueueWords;
  narrow: boolean;
  /** Which is open. */
  tool: 'filter' | 'help' | undefined;
  filtered: boolean;
  keys: ReadonlyMap<KeyName, string>;
  onTool: (name: 'filter' | 'help') => void;
  later: Later<Desk>;
  menu: Actions;
}

/** Filter, keys and menu beside the title. */
export function toolsTemplate(tools: Tools): TemplateResult {
  const { t, narrow, tool, filtered, keys, onTool, later, menu } = tools;
  const text = (words: string): TemplateResult => html`<span class=${narrow ? 'vh' : ''}>${words}</span>`;
  return html`<div class="actions">
    <button class="action ${filtered ? 'on' : ''}" aria-expanded=${tool === 'filter'} @click=${() => onTool('filter')}>
      ${filterIcon()}${text(t.filter)}
    </button>
    <button class="action" aria-expanded=${tool === 'help'} @click=${() => onTool('help')}>
      <kbd aria-hidden="true">${keys.get('help') ?? '?'}</kbd>${text(t.keyList)}
    </button>
    ${menuTemplate(later, t, ({ actionsOf }) => actionsOf(menu, t))}
  </div>`;
}

/** The views with their counts: one tab stop, walked by the arrows. */
export function tabsTemplate(
  view: HandoffView,
  counts: HandoffList['counts'] | undefined,
  count: (n: number) => string,
  t: QueueWords,
  onView: (view: HandoffView) => void,
): TemplateResult {
  return html`<div class="views" role="tablist" aria-label=${t.viewTabs} part="views">
    ${VIEWS.map(
      (one) =>
        html`<button
          role="tab"
          id="tab-${one}"
          aria-controls="panel"
          aria-selected=${one === view}
          tabindex=${one === view ? 0 : -1}
          @click=${() => onView(one)}
        >
          ${t.queueViews[one]}${counts === undefined ? nothing : html` <span>${count(counts[one])}</span>`}
        </button>`,
    )}
  </div>`;
}
