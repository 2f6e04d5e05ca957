import type { AnswerContext, Command, CommandOutcome, LeadCard, MetricsEngine, Rights } from '@sama/metrics/contracts';
import {
  askingOf,
  decideFor,
  Desk,
  deskEngine,
  isMarkEvent,
  outcomeFor,
  type DeskEngineOptions,
  type DeskEvent,
  type DeskSetup,
} from '@sama/metrics/desk';
import type { HandoffActor } from '@sama/metrics/handoff';
import { Ledger, LedgerError } from './ledger.ts';
import { Barred } from '../tables/errors.ts';
import { type Change, Overtaken, type Shelf } from './shelf.ts';
import { StageBook } from './stages.ts';

/** How often a command is decided anew when other processes were faster. */
const TRIES = 50;

/** What a keeper stands on beside its ledger; the cards of leads are the ledger's. */
export type KeeperSetup = Omit<DeskSetup, 'lead'>;

export interface KeeperOptions {
  setup: KeeperSetup;
  /** The clock, as an ISO instant. Default: now. It never goes behind the last event. */
  now?: () => string;
  log: (error: unknown) => void;
}

/**
 * A desk whose ledger is kept. What is acknowledged is kept; what could not be kept did not happen. Several processes
 * may work on one ledger: each event is decided with all before it known.
 */
export class Keeper {
  readonly #ledger: Ledger;
  readonly #options: KeeperOptions;
  readonly #cards = new Map<string, LeadCard>();
  /** All that are kept, in order. */
  readonly #events: DeskEvent[] = [];
  readonly #stages = new StageBook();
  #marks = 0;
  #desk: Desk;
  #latest = Number.NEGATIVE_INFINITY;
  /** Changes when what was decided may no longer stand. */
  #round = 0;
  #reading: Promise<void> | undefined;

  private constructor(ledger: Ledger, options: KeeperOptions) {
    this.#ledger = ledger;
    this.#options = options;
    this.#desk = this.#deskOf([]);
  }

  /** Opens a ledger. @throws Error when it cannot be read or was written by a newer Sama. */
  static async open(shelf: Shelf, options: KeeperOptions): Promise<Keeper> {
    const keeper = new Keeper(new Ledger(shelf), options);
    // Before the first reading, so that nothing is missed between.
    await keeper.#ledger.follow((change) => void keeper.#hear(change).catch(options.log));
    await keeper.#hear('all');
    return keeper;
  }

  get desk(): Desk {
    return this.#desk;
  }

  /** Changes with every event that is kept. */
  get version(): number {
    return this.#events.length;
  }

  /** What hand-offs say to funnels. */
  get stages(): Pick<StageBook, 'version' | 'latest' | 'since' | 'of'> {
    return this.#stages;
  }

  /** Names what charts see of the ledger; empty where that is nothing. Equal in every process that has read as much. */
  get shownVersion(): string {
    const { version } = this.#stages;
    return version + this.#marks === 0 ? '' : `${version}.${this.#marks}`;
  }

  /** All that is kept, in order. */
  get events(): readonly DeskEvent[] {
    return this.#events;
  }

  /** The instant of the last event; undefined without one. */
  latest(): string | undefined {
    return Number.isFinite(this.#latest) ? new Date(this.#latest).toISOString() : undefined;
  }

  /** The clock of the ledger. */
  now(): string {
    const now = this.#options.now?.() ?? new Date().toISOString();
    return Date.parse(now) < this.#latest ? new Date(this.#latest).toISOString() : now;
  }

  /** An engine that also answers what the ledger knows. */
  engine(engine: MetricsEngine, options: Pick<DeskEngineOptions, 'annotates'> = {}): MetricsEngine {
    return {
      answer: (question, context) =>
        deskEngine(engine, this.#desk, { ...options, now: () => this.now() }).answer(question, context),
    };
  }

  /**
   * Decides a command and keeps its event before it says so.
   *
   * @throws LedgerError when it could not be kept: it did not happen, and may be given again.
   */
  async command(
    command: Command,
    by: HandoffActor,
    rights: Rights,
    { timeZone }: Pick<AnswerContext, 'timeZone'>,
  ): Promise<CommandOutcome> {
    let certain = false;
    for (let tries = 1; ; tries += 1) {
      for (let pause = this.#pause; pause !== undefined; pause = this.#pause) await pause;
      const round = this.#round;
      const at = this.now();
      const asking = askingOf({ rights, reader: by, timeZone, definitions: [], asOf: at }, at);
      const decision = decideFor(this.#desk, command, { by, at, zone: timeZone, via: 'api' }, asking);
      const { event } = decision;
      if (event === undefined) {
        // What it rests on may still be on its way to the disk, or be known to another process only.
        const known = this.#events.length;
        await this.#ledger.settled();
        if (!certain) await this.#reach();
        await this.#pause;
        if (round === this.#round && (certain || known === this.#events.length))
          return outcomeFor(this.#desk, command, decision, asking);
        certain = true;
        continue;
      }
      this.#add(event);
      try {
        await this.#ledger.append(event);
        this.#kept(event);
        return outcomeFor(this.#desk, command, decision, asking);
      } catch (error) {
        await this.#mend(error, event, tries);
      }
    }
  }

  /** Keeps what is known of a person, in place of what was known before. */
  async keepLead(card: LeadCard): Promise<void> {
    await this.#ledger.keep([card]);
    this.#cards.set(card.id, card);
  }

  /** Forgets what is known of a person. The log stays whole. @throws LedgerError when it is still known. */
  async forget(person: string): Promise<void> {
    try {
      await this.#ledger.forget(person);
    } catch (error) {
      this.#options.log(error);
      const why = error instanceof Barred ? `: ${error.message}` : '';
      throw new LedgerError(`What is known of the person could not be forgotten${why}. Ask for it again.`);
    }
    this.#cards.delete(person);
  }

  /** Takes over a past and what is known of people into an empty ledger. */
  async fill(events: readonly DeskEvent[], leads: readonly LeadCard[]): Promise<void> {
    await this.#ledger.keep(leads);
    for (const card of leads) this.#cards.set(card.id, card);
    await Promise.all(events.map((event) => this.#ledger.append(event)));
    for (const event of events) {
      this.#add(event);
      this.#kept(event);
    }
  }

  /** Reads what others kept and have not told. @throws Error when it cannot be read. */
  async refresh(): Promise<void> {
    // A reading that is under way may have looked before.
    await this.#pause;
    await this.#catchUp();
  }

  async close(): Promise<void> {
    await this.#ledger.close();
  }

  /** Until what others kept has been read. */
  get #pause(): Promise<void> | undefined {
    return this.#reading?.catch(() => undefined);
  }

  #deskOf(events: Iterable<DeskEvent>): Desk {
    return new Desk({ ...this.#options.setup, lead: (id) => this.#cards.get(id) }, events);
  }

  #add(event: DeskEvent): void {
    this.#desk.add(event);
    this.#latest = Math.max(this.#latest, Date.parse(event.at));
  }

  #kept(event: DeskEvent): void {
    this.#events.push(event);
    this.#stages.add(event);
    if (isMarkEvent(event)) this.#marks += 1;
  }

  /** After an event was not kept. @throws LedgerError unless others were faster and it can be decided again. */
  async #mend(error: unknown, event: DeskEvent, tries: number): Promise<void> {
    const overtaken = error instanceof Overtaken;
    if (!overtaken) this.#options.log(error);
    await this.#reach();
    // A connection may break after the commit: then it is among the news, and is said to be done.
    if (this.#events.some(({ commandId }) => commandId === event.commandId)) return;
    if (overtaken && tries < TRIES) return;
    const why = error instanceof Barred ? `: ${error.message}` : '';
    throw new LedgerError(
      `The command could not be kept, so it did not happen${why}. Send it again with the same commandId.`,
    );
  }

  /** Reads what others kept. @throws LedgerError when it cannot be read. */
  async #reach(): Promise<void> {
    try {
      await this.refresh();
    } catch (error) {
      this.#options.log(error);
      throw new LedgerError('The ledger cannot be reached. Send the command again with the same commandId.');
    }
  }

  /** Reads what others kept, once for all who wait. */
  #catchUp(): Promise<void> {
    return (this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    }));
  }

  async #read(): Promise<void> {
    await this.#ledger.settled();
    if (this.#ledger.hasLost) {
      // What was decided and not kept is forgotten first.
      this.#round += 1;
      this.#desk = this.#deskOf(this.#events);
    }
    for (const event of await this.#ledger.news()) {
      this.#add(event);
      this.#kept(event);
    }
  }

  async #hear(change: Change): Promise<void> {
    if (typeof change === 'object') {
      const [card] = await this.#ledger.leads(change.person);
      if (card === undefined) this.#cards.delete(change.person);
      else this.#cards.set(card.id, card);
      return;
    }
    if (change === 'all') {
      const cards = await this.#ledger.leads();
      this.#cards.clear();
      for (const card of cards) this.#cards.set(card.id, card);
    }
    await this.refresh();
  }
}
