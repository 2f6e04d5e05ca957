import { LeadCard, MarkEvent, TermEvent } from '@sama/metrics/contracts';
import { kindOf, type DeskEvent } from '@sama/metrics/desk';
import { HandoffEvent } from '@sama/metrics/handoff';
import * as z from 'zod/mini';
import type { Row } from './messages.ts';
import { type Change, Overtaken, type Shelf } from './shelf.ts';

/** Events of one commit at most. */
const MOST = 512;
const Event = z.union([HandoffEvent, TermEvent, MarkEvent]);

/** Reads an event as a ledger keeps it. @throws Error when it is none. */
export const eventOf = (text: string): DeskEvent => Event.parse(JSON.parse(text));

interface Waiting {
  row: Row;
  kept: () => void;
  lost: (error: unknown) => void;
}

/** Why an event could not be kept. What was asked for did not happen. */
export class LedgerError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LedgerError';
  }
}

/**
 * The events of hand-offs, terms, annotations and decisions, and beside them the cards of leads. An event is kept once its promise is
 * fulfilled, also when the machine stops then; events that come while the disk is busy are committed together.
 */
export class Ledger {
  readonly #shelf: Shelf;
  readonly #queue: Waiting[] = [];
  #flushing: Promise<void> | undefined;
  /** How many events have been read or kept. */
  #length = 0;
  /** Until the news are read, what is decided may rest on events that were lost. */
  #lost = false;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  /** Whether events were lost and the news not read since. */
  get hasLost(): boolean {
    return this.#lost;
  }

  /** What is known of people, or of one. @throws Error naming what cannot be read. */
  async leads(person?: string): Promise<LeadCard[]> {
    return (await this.#shelf.leads(person)).map((text) => LeadCard.parse(JSON.parse(text)));
  }

  /** The events that were not read or kept before. To be called when all is settled. @throws Error naming what cannot be read. */
  async news(): Promise<DeskEvent[]> {
    const texts = await this.#shelf.read(this.#length);
    const events = texts.map(eventOf);
    this.#length += events.length;
    this.#lost = false;
    return events;
  }

  /**
   * Keeps an event. Rejects when it is not kept, with Overtaken where others came first; those that came after it are
   * not kept either, nor is any other until the news are read.
   */
  append(event: DeskEvent): Promise<void> {
    if (this.#lost) return Promise.reject(new Overtaken('events before it were lost'));
    const { target, version, commandId, at } = event;
    const row = {
      kind: kindOf(event.action.type),
      target,
      version,
      commandId,
      at,
      body: JSON.stringify(event),
    };
    const kept = new Promise<void>((resolve, reject) => this.#queue.push({ row, kept: resolve, lost: reject }));
    this.#flushing ??= this.#flush();
    return kept;
  }

  /** Waits until everything that was appended so far is kept, or is not. */
  async settled(): Promise<void> {
    await this.#flushing;
  }

  /** Keeps what is known of people, in place of what was known before. */
  async keep(leads: readonly LeadCard[]): Promise<void> {
    await this.#shelf.keep(leads.map((card) => ({ person: card.id, card: JSON.stringify(card) })));
  }

  /** Forgets what is known of a person. The log stays whole. */
  async forget(person: string): Promise<void> {
    await this.#shelf.forget(person);
  }

  /** Tells what other processes change, where others can. */
  async follow(changed: (change: Change) => void): Promise<void> {
    await this.#shelf.follow?.(changed);
  }

  async close(): Promise<void> {
    await this.settled();
    await this.#shelf.close();
  }

  async #flush(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, MOST);
      try {
        await this.#shelf.append(
          batch.map(({ row }) => row),
          this.#length,
        );
        this.#length += batch.length;
        for (const { kept } of batch) kept();
      } catch (error) {
        // What was decided on events that are not there cannot stand.
        this.#lost = true;
        for (const { lost } of [...batch, ...this.#queue.splice(0)]) lost(error);
      }
    }
    this.#flushing = undefined;
  }
}
