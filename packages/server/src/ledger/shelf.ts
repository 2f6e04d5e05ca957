import type { Row } from './messages.ts';

/** Somebody else kept an event first. What was decided without it is to be decided again. */
export class Overtaken extends Error {
  override name = 'Overtaken';
}

/** What another process did to a ledger: events were added, what is known of a person changed, or both of anybody. */
export type Change = 'events' | 'all' | { person: string };

/**
 * Where a ledger is kept. Events are numbered from 1 without a gap, and only the next number can be added, so that
 * whoever adds has seen all before.
 */
export interface Shelf {
  /**
   * Keeps rows as the events after this many, all or none; fulfilled once they outlast a crash.
   *
   * @throws Overtaken when there are more events than that already; Barred when nothing can be written.
   */
  append(rows: readonly Row[], after: number): Promise<void>;
  /** The events after this many, in order, as JSON. */
  read(after: number): Promise<string[]>;
  /** What is known of people, or of one, as JSON. */
  leads(person?: string): Promise<string[]>;
  keep(leads: readonly { person: string; card: string }[]): Promise<void>;
  forget(person: string): Promise<void>;
  close(): Promise<void>;
  /** Tells what other processes change. Absent where there are none. */
  follow?(changed: (change: Change) => void): Promise<void>;
}
