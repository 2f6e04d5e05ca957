import type { Envelope, HandoffSort } from '@sama/metrics/contracts';
import { html, nothing } from 'lit/html.js';
import type { Formats } from '../internal/format.ts';
import type { Part } from '../internal/frame.ts';
import { noteIcon, warnIcon } from '../internal/icons.ts';
import { stateBanners, troubleBanner } from '../internal/states.ts';
import type { QueueWords } from '../locale/index.ts';
import type { Leads } from './leads.ts';

interface World {
  f: Formats;
  t: QueueWords;
  /** Whether there is no connection. */
  offline: boolean;
}

export const isWrong = (trouble: Envelope | undefined): trouble is Envelope =>
  trouble !== undefined && trouble.status !== 'empty';

/** What has to be known of the list: no connection, a failure, limits of what is seen. */
export function bannersOf(
  { good, trouble, head, live }: Leads,
  { f, t, offline, host, onRetry }: World & { host: string; onRetry: () => void },
): Part[] {
  return [
    offline ? html`<p class="banner warn">${warnIcon()}<span>${t.offlineNow}</span></p>` : nothing,
    isWrong(trouble) ? troubleBanner(trouble, good, host, live, f, t, onRetry) : nothing,
    ...(good === undefined ? [] : stateBanners(good, f, t)),
    head?.masked === true ? html`<p class="banner">${noteIcon()}<span>${t.namesHidden}</span></p>` : nothing,
  ];
}

/** Whether the list is kept up to date, how it is sorted, and whose times these are. */
export function footerOf(
  { good, trouble, live }: Leads,
  sort: HandoffSort,
  timeZone: string,
  { f, t, offline }: World,
): Part[] {
  return [
    live && !offline && !isWrong(trouble) ? html`<span class="dot">${t.live}</span>` : t.asOf(f.date(good?.asOf, true)),
    t.sortedBy(t.sorts[sort]),
    good?.flags.includes('demo') === true ? t.flags.demo : nothing,
    t.timesIn(timeZone),
  ];
}
