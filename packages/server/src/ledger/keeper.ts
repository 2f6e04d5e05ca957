import type { AnswerContext, Command, CommandOutcome, LeadCard, MetricsEngine, Rights } from '@sama/metrics/contracts';
import { askingOf, decideFor, Desk, deskEngine, outcomeFor, type DeskEvent, type DeskSetup } from '@sama/metrics/desk';
import type { HandoffActor } from '@sama/metrics/handoff';
import { Ledger, LedgerError } from './ledger.ts';

/** What a keeper stands on beside its ledger; the cards of leads are the ledger's. */
export type KeeperSetup = Omit<DeskSetup, 'lead'>;

export interface KeeperOptions {
  setup: KeeperSetup;
  /** The clock, as an ISO instant. Default: now. It never goes behind the last event. */
  now?: () => string;
  log: (error: unknown) => void;
}

/** A desk whose ledger is on disk. What is acknowledged is kept; what could not be kept did not happen. */
export class Keeper {
  readonly #ledger: Ledger;
  readonly #options: KeeperOptions;
  readonly #cards = new Map<string, LeadCard>();
  #desk: Desk;
  #latest = Number.NEGATIVE_INFINITY;
  #kept = 0;
  #mending: Promise<void> | undefined;

  private constructor(ledger: Ledger, options: KeeperOptions) {
    this.#ledger = ledger;
    this.#options = options;
    this.#desk = this.#deskOf([]);
  }

  /** Opens the ledger of a folder. @throws Error when it cannot be read or was written by a newer Sama. */
  static async open(folder: string, options: KeeperOptions): Promise<Keeper> {
    const keeper = new Keeper(await Ledger.open(folder), options);
    await keeper.#read();
    return keeper;
  }

  get desk(): Desk {
    return this.#desk;
  }

  /** Changes with every event that is kept. */
  get version(): number {
    return this.#kept;
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
  engine(engine: MetricsEngine): MetricsEngine {
    return {
      answer: (question, context) =>
        deskEngine(engine, this.#desk, { now: () => this.now() }).answer(question, context),
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
    await this.#mending;
    const at = this.now();
    const asking = askingOf({ rights, reader: by, timeZone, definitions: [], asOf: at }, at);
    const decision = decideFor(this.#desk, command, { by, at, zone: timeZone, via: 'api' }, asking);
    if (decision.event === undefined) {
      // What it rests on may still be on its way to the disk.
      await this.#ledger.settled();
      await this.#mending;
      return outcomeFor(this.#desk, command, decision, asking);
    }
    this.#add(decision.event);
    try {
      await this.#ledger.append(decision.event);
    } catch (error) {
      this.#options.log(error);
      await (this.#mending ??= this.#mend());
      throw new LedgerError(
        'The command could not be kept, so it did not happen. Send it again with the same commandId.',
      );
    }
    this.#kept += 1;
    return outcomeFor(this.#desk, command, decision, asking);
  }

  /** Keeps what is known of a person, in place of what was known before. */
  async keepLead(card: LeadCard): Promise<void> {
    await this.#ledger.keep([card]);
    this.#cards.set(card.id, card);
  }

  /** Forgets what is known of a person. The log stays whole. */
  async forget(person: string): Promise<void> {
    await this.#ledger.forget(person);
    this.#cards.delete(person);
  }

  /** Takes over a past and what is known of people into an empty ledger. */
  async fill(events: readonly DeskEvent[], leads: readonly LeadCard[]): Promise<void> {
    await this.#ledger.keep(leads);
    await Promise.all(events.map((event) => this.#ledger.append(event)));
    await this.#read();
  }

  async close(): Promise<void> {
    await this.#ledger.close();
  }

  #deskOf(events: Iterable<DeskEvent>): Desk {
    return new Desk({ ...this.#options.setup, lead: (id) => this.#cards.get(id) }, events);
  }

  #add(event: DeskEvent): void {
    this.#desk.add(event);
    this.#latest = Math.max(this.#latest, Date.parse(event.at));
  }

  async #read(): Promise<void> {
    const { events, leads } = await this.#ledger.read();
    this.#cards.clear();
    for (const card of leads) this.#cards.set(card.id, card);
    this.#latest = events.reduce((latest, { at }) => Math.max(latest, Date.parse(at)), Number.NEGATIVE_INFINITY);
    this.#desk = this.#deskOf(events);
    this.#kept = events.length;
  }

  /** After a failure: what is on disk is true, whatever was decided since. */
  async #mend(): Promise<void> {
    try {
      await this.#ledger.settled();
      await this.#read();
    } finally {
      this.#mending = undefined;
    }
  }
}
