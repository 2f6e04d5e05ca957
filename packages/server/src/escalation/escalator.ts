import { createHash } from 'node:crypto';
import type { Desk } from '@sama/metrics/desk';
import { noticesDue, type HandoffState, type Notice } from '@sama/metrics/handoff';
import type { Observer } from '../observe/observer.ts';
import { GoneError, type Channel, type OutgoingNotice } from './notice.ts';
import type { Delivery, Outbox } from './outbox.ts';

/** What an escalator works with. */
export interface EscalatorOptions {
  /** The desk as it stands; another one after a failure of the ledger. */
  desk: () => Desk;
  /** The clock of the ledger, an ISO instant. */
  now: () => string;
  outbox: Outbox;
  /** Reads what other servers have decided. */
  refresh?: (() => Promise<void>) | undefined;
  /** Milliseconds after which another server takes a notice over that one has not sent. Default: two minutes. */
  leaseMs?: number | undefined;
  channels: readonly Channel[];
  observer?: Pick<Observer, 'notice'> | undefined;
  log: (error: unknown) => void;
}

const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;
/** With doubling waits, about two days. */
const MOST_ATTEMPTS = 16;
/** Longer than any channel takes to send, or to say that it could not. */
const LEASE_MS = 120_000;
/** What no server of this ledger has a channel for is left after so long. */
const NOBODYS_MS = 24 * 3_600_000;

/**
 * Looks at the clocks of all open hand-offs and sends what is due: each level of each run once, in opening hours, and
 * only while it is still true. Several servers of one ledger and one outbox may do so at a time.
 */
export class Escalator {
  readonly #options: EscalatorOptions;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: EscalatorOptions) {
    this.#options = options;
  }

  /** Looks now and every so many milliseconds, until stopped. */
  start(everyMs: number): void {
    const look = (): void => void this.look().catch(this.#options.log);
    look();
    this.#timer = setInterval(look, everyMs).unref();
  }

  /** Stops, after what is being sent. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#running?.catch(() => undefined);
  }

  /** One look; those who ask meanwhile get the same. */
  look(): Promise<void> {
    this.#running ??= this.#look().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #look(): Promise<void> {
    const { outbox, channels, now, refresh, leaseMs = LEASE_MS } = this.#options;
    await refresh?.();
    const at = now();
    const ms = Date.parse(at);
    if (await outbox.isNew()) {
      await outbox.begin(
        this.#due(at).map(({ notice }) => notice.key),
        ms,
      );
    }
    for (const { state, notice } of this.#due(at)) {
      const outgoing = outgoingOf(state, notice, at);
      const names = channels.filter((channel) => channel.takes(outgoing)).map(({ name }) => name);
      await outbox.add(notice.key, outgoing, names, Math.max(ms, Date.parse(notice.sendAt ?? at)));
    }
    // Before any is sent: a reassignment by the rule ends the run that others are still to be told of.
    for (const { key, notice } of await outbox.waiting(ms)) await outbox.settle(key, this.#isTrue(key, notice));
    const names = channels.map(({ name }) => name);
    await outbox.leave(names, ms - NOBODYS_MS);
    while (!this.#stopped) {
      const delivery = await outbox.claim(channels, ms, Math.max(ms, Date.parse(now())) + leaseMs);
      if (delivery === undefined) return;
      await this.#send(delivery);
    }
  }

  #due(at: string): { state: HandoffState; notice: Notice }[] {
    const { desk, outbox } = this.#options;
    const { book, policy, calendars } = desk();
    const found: { state: HandoffState; notice: Notice }[] = [];
    for (const state of book.all()) {
      // Most hand-offs are over.
      if (state.now === null || !Object.values(state.now.clocks).some((clock) => clock?.stoppedAt === null)) continue;
      for (const notice of noticesDue(state.id, state.now, { policy, calendars, at }, outbox.keys))
        found.push({ state, notice });
    }
    return found;
  }

  async #send(delivery: Delivery): Promise<void> {
    const { outbox, channels, observer, log, now } = this.#options;
    const [kind = ''] = delivery.channel.split(' ', 1);
    const channel = channels.find(({ name }) => name === delivery.channel);
    if (channel === undefined) return;
    try {
      await channel.send(delivery.notice);
    } catch (error) {
      log(error);
      const isOver = error instanceof GoneError || delivery.attempts + 1 >= MOST_ATTEMPTS;
      observer?.notice(kind, isOver ? 'given-up' : 'failed');
      if (isOver) return outbox.end(delivery, 'given-up');
      const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** delivery.attempts);
      return outbox.later(delivery, Date.parse(now()) + wait);
    }
    observer?.notice(kind, 'sent');
    // Should this fail, it is sent again once the time is over that this server has for it.
    await outbox.end(delivery, 'done');
  }

  /** Whether the clock still runs that a notice is about: who has acted meanwhile is not reminded. */
  #isTrue(key: string, notice: OutgoingNotice): boolean {
    const { desk, now } = this.#options;
    const { book, policy, calendars } = desk();
    const state = book.get(notice.handoff);
    if (state === undefined) return false;
    return noticesDue(notice.handoff, state, { policy, calendars, at: now() }).some((due) => due.key === key);
  }
}

function outgoingOf({ id, now }: HandoffState, { key, does, clock, percent, to }: Notice, at: string): OutgoingNotice {
  return {
    v: 1,
    id: createHash('sha256').update(key).digest('hex').slice(0, 32),
    does,
    handoff: id,
    clock,
    percent,
    to: [...to],
    seller: now?.seller ?? null,
    pool: now?.pool ?? null,
    rating: now?.rating ?? null,
    at,
  };
}
