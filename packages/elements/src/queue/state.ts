import type { HandoffList, HandoffSort } from '@sama/metrics/contracts';
import { html, nothing } from 'lit/html.js';
import type { Counts } from '../internal/counts.ts';
import type { Part } from '../internal/frame.ts';
import { noteIcon, warnIcon } from '../internal/icons.ts';
import type { Asked } from '../internal/widget.ts';
import type { QueueWords } from '../locale/index.ts';
import type { Leads } from './leads.ts';

/** What is known of the list; one without a head is an answer of nothing. */
export function askedOf(leads: Leads): Asked {
  const { good, trouble, live, source } = leads;
  const asked = { ...leads, source, canAsk: live };
  return trouble?.status === 'empty' ? { ...asked, good: good ?? trouble, trouble: undefined } : asked;
}

/** What has to be known of the list before all else: no connection, names that are hidden. */
export function noticesOf(head: HandoffList, offline: boolean, t: QueueWords): Part[] {
  return [
    offline ? html`<p class="banner warn">${warnIcon()}<span>${t.offlineNow}</span></p>` : nothing,
    head.masked ? html`<p class="banner">${noteIcon()}<span>${t.namesHidden}</span></p>` : nothing,
  ];
}

/** Whether the list is kept up to date, how it is sorted, and whose times these are. */
export function footerOf(
  { good, trouble, live }: Leads,
  sort: HandoffSort,
  timeZone: string,
  { f, t, offline }: { f: Counts; t: QueueWords; offline: boolean },
): (Part | undefined)[] {
  return [
    live && !offline && trouble === undefined
      ? html`<span class="dot">${t.live}</span>`
      : t.asOf(f.date(good?.asOf, true)),
    t.sortedBy(t.sorts[sort]),
    ...(good?.flags.map((flag) => t.flags[flag]) ?? []),
    t.timesIn(timeZone),
  ];
}
