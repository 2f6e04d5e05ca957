/** What `sama-filter` tells: what was chosen, by name; an empty text stands for all or none. @public */
export type FilterDetail = Partial<Record<'period' | 'segment' | 'compare', string>>;

declare global {
  interface HTMLElementEventMap {
    'sama-filter': CustomEvent<FilterDetail>;
  }
}

/** Whether this event tells of choices. */
export function isFilterEvent(event: Event): event is CustomEvent<FilterDetail> {
  return event instanceof CustomEvent && typeof event.detail === 'object' && event.detail !== null;
}
