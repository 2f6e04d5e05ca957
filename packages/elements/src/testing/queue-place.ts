import type { DataSource } from '@sama/metrics/contracts';
import { expect, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { SamaHandoffQueue } from '../queue/handoff-queue.ts';
import { type Place as PlaceOf, place, settled } from './mount.ts';
import type { Story } from './story.ts';
import type { QueueDesk } from './queue-desk.ts';

type Place = PlaceOf<SamaHandoffQueue>;

/** A queue over a desk, as one person sees it. */
export function queueOf(source: DataSource, more: Partial<SamaHandoffQueue> = {}): SamaHandoffQueue {
  const element = new SamaHandoffQueue();
  return Object.assign(element, { timeZone: 'Europe/Lisbon', source, ...more });
}

/** The same, or a story of it, in a room of this width. */
export const open = (what: Story | HTMLElement, width = 1120): Promise<Place> =>
  place(SamaHandoffQueue, what, { width });

/** Presses keys as a reader does, each when what the one before did is drawn. */
export async function keys(at: Place, ...pressed: string[]): Promise<void> {
  for (const key of pressed) {
    await userEvent.keyboard(key);
    await settled(at.element);
  }
}

export const focusList = (at: Place): void => at.find('.leads').focus();
export const focused = (at: Place): string => at.shadow.activeElement?.className ?? '';
export const names = (at: Place): (string | null)[] => at.all('.row b').map((name) => name.textContent);
/** The lead the reader is at. */
export const active = (at: Place): string | null => at.find('.row.active b').textContent;
export const logOf = ({ made }: QueueDesk, id: string): string[] => made.desk.log(id).map(({ action }) => action.type);

/** Waits until the detail has what it shows, if it is there. */
export async function detailDrawn(at: Place): Promise<void> {
  await vi.waitFor(() => expect(at.all('.detail').length).toBe(at.all('.detail dl').length));
}

/** Waits for what a rest of the keys brings. */
export async function rested(at: Place): Promise<void> {
  await vi.waitFor(() => expect(at.all('.detail dl').length).toBe(1));
  await settled(at.element);
}

/** Fills in a field of the form that is open. */
export function fill(at: Place, name: string, value: string): void {
  const field = at.find(`.form [name="${name}"]`);
  if ('value' in field) field.value = value;
}
