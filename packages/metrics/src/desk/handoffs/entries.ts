import type { HandoffSort, LeadCard } from '../../contracts/index.ts';
import { plainWord, tokensOf } from '../../glossary/words/index.ts';
import type { Handoff, HandoffState } from '../../handoff/machine/state.ts';
import { OPEN } from '../../handoff/machine/transitions.ts';
import type { Desk } from '../desk.ts';
import { firstDue, type Due } from './faces.ts';

/** A hand-off with what lists are ordered by. */
export interface Entry {
  id: string;
  state: HandoffState;
  now: Handoff;
  /** Somebody has to act on it. */
  open: boolean;
  due: Due | null;
  /** Milliseconds; infinite where nothing is due. */
  dueMs: number;
  changedMs: number;
}

/** The hand-offs of a desk in every order, kept up to date as events come: an event costs no new look at the others. */
class Entries {
  readonly #desk: Desk;
  readonly #all = new Map<string, Entry>();
  readonly #orders = new Map<HandoffSort, { entries: Entry[]; settled: boolean }>();
  readonly #words = new WeakMap<LeadCard, Record<'all' | 'masked', string[]>>();

  constructor(desk: Desk) {
    this.#desk = desk;
    for (const state of desk.handoffs()) this.#take(state);
    desk.onEvent(({ target }, topics) => {
      const state = topics.includes('handoffs') ? desk.book.state(target) : undefined;
      if (state !== undefined) this.#take(state);
    });
  }

  get(id: string): Entry | undefined {
    return this.#all.get(id);
  }

  /** All of them in an order. Not to be changed, and old after the next event. */
  in(sort: HandoffSort): readonly Entry[] {
    let order = this.#orders.get(sort);
    if (order === undefined) {
      order = { entries: [...this.#all.values()], settled: false };
      this.#orders.set(sort, order);
    }
    // After an event only one stands in the wrong place, and sorting what is nearly sorted is cheap.
    if (!order.settled) order.entries.sort(BY[sort]);
    order.settled = true;
    return order.entries;
  }

  /** The words a text filter looks at; contact data is never among them, nor a name the reader may not see. */
  words(now: Handoff, masked: boolean): readonly string[] {
    const card = this.#desk.lead(now.personId);
    if (card === undefined) return [];
    let words = this.#words.get(card);
    if (words === undefined) {
      const of = (...texts: (string | undefined)[]): string[] =>
        texts.flatMap((text) => tokensOf(text ?? '').map((token) => plainWord(token.text)));
      words = { all: of(card.name, card.role, card.company?.name), masked: of(card.role, card.company?.name) };
      this.#words.set(card, words);
    }
    return masked ? words.masked : words.all;
  }

  #take(state: HandoffState): void {
    const { now } = state;
    const old = this.#all.get(state.id);
    if (now === null) return;
    const due = firstDue(now, this.#desk);
    const entry: Entry = {
      id: state.id,
      state,
      now,
      open: now.status === 'draft' || OPEN.includes(now.status),
      due,
      dueMs: due?.dueAt === null || due === null ? Number.POSITIVE_INFINITY : Date.parse(due.dueAt),
      changedMs: Date.parse(state.last?.at ?? ''),
    };
    if (old !== undefined) Object.assign(old, entry);
    else {
      this.#all.set(state.id, entry);
      for (const { entries } of this.#orders.values()) entries.push(entry);
    }
    for (const order of this.#orders.values()) order.settled = false;
  }
}

export type { Entries };

const opened = new WeakMap<Desk, Entries>();

/** The hand-offs of a desk in every order, one for all who ask. */
export function entriesOf(desk: Desk): Entries {
  const entries = opened.get(desk) ?? new Entries(desk);
  opened.set(desk, entries);
  return entries;
}

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** What nobody has to act on comes last. */
const ended = (a: Entry, b: Entry): number => Number(b.open) - Number(a.open);
const rating = (a: Entry, b: Entry): number => text(a.now.rating ?? 'Z', b.now.rating ?? 'Z');
const due = (a: Entry, b: Entry): number => (a.dueMs === b.dueMs ? 0 : a.dueMs - b.dueMs);
const newest = (a: Entry, b: Entry): number => b.changedMs - a.changedMs;

const BY: Readonly<Record<HandoffSort, (a: Entry, b: Entry) => number>> = {
  rating: (a, b) => ended(a, b) || rating(a, b) || due(a, b) || newest(a, b) || text(a.id, b.id),
  due: (a, b) => ended(a, b) || due(a, b) || rating(a, b) || newest(a, b) || text(a.id, b.id),
  newest: (a, b) => newest(a, b) || text(a.id, b.id),
};
