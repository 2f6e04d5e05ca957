import type {
  Actor,
  Command,
  Glossary,
  LeadCard,
  MarkEvent,
  MarkLine,
  StageEvent,
  TermDefinition,
  TermEvent,
} from '../contracts/index.ts';
import { currentTerms } from '../glossary/current.ts';
import { applyTermEvent, initialTerm, type TermState } from '../glossary/life/state.ts';
import { glossaryOf } from '../glossary/life/to-glossary.ts';
import { decideTerm } from '../glossary/life/decide.ts';
import type { Staff } from '../handoff/contracts/staff.ts';
import type { HandoffActor, HandoffEvent, HandoffPolicy, Via } from '../handoff/contracts/index.ts';
import type { HandoffContext } from '../handoff/decide/context.ts';
import { decideHandoff } from '../handoff/decide/decide.ts';
import { createHandoffBook, type HandoffBook } from '../handoff/log/book.ts';
import { changesStages, stageEventsOf } from '../handoff/log/projections.ts';
import type { HandoffState } from '../handoff/machine/state.ts';
import { readHandoffPolicy, type PreparedPolicy } from '../handoff/policy.ts';
import { applyMarkEvent, decideMark, initialMark, markLine, type MarkState } from '../marks/index.ts';
import { durationMs } from '../time/index.ts';
import type { Calendars } from '../handoff/sla/reading.ts';
import { factsOf } from './facts.ts';

/** One line of the ledger. @beta */
export type DeskEvent = HandoffEvent | TermEvent | MarkEvent;

/** What answers may differ after an event. @beta */
export type DeskTopic = 'handoffs' | 'glossary' | 'data';

/** What a desk stands on beside its ledger. @beta */
export interface DeskSetup {
  staff: Staff;
  /** Default: `DEFAULT_POLICY`. */
  policy?: HandoffPolicy;
  /** Opening hours. Default: none, so that business clocks have no due instant. */
  calendars?: Calendars;
  /** What is known of a person; the same object while nothing of it changes. Default: nothing. */
  lead?: (personId: string) => LeadCard | undefined;
  /** All ids a person is known by, the given one included. Default: that one. */
  idsOf?: (personId: string) => readonly string[];
  /** Terms as they stood before the ledger began. Default: none. */
  glossary?: Glossary;
  /** What has happened to a hand-off that cannot be taken back: `mail sent`. Default: nothing. */
  irreversible?: (id: string) => string | undefined;
}

/** Who commands and when, as the keeper of the ledger knows it. @beta */
export interface Giver {
  by: HandoffActor;
  /** ISO instant. */
  at: string;
  zone?: string;
  via?: Via;
}

/** What became of a command; an `event` is to be kept and then added. @beta */
export interface DeskDecision {
  status: 'done' | 'conflict' | 'refused';
  version: number;
  by?: Actor;
  at?: string;
  message?: string;
  event?: DeskEvent;
}

interface TermBook {
  base: TermDefinition | undefined;
  log: TermEvent[];
  state: TermState;
}

interface MarkBook {
  log: MarkEvent[];
  state: MarkState;
}

/** Told of each event that was added. @beta */
export type DeskListener = (event: DeskEvent, topics: readonly DeskTopic[]) => void;

/**
 * Everything a ledger of hand-offs, terms, annotations and decisions says, kept up to date event by event. It keeps nothing itself and reads no
 * clock: whoever holds the ledger decides a command, keeps its event, and then adds it.
 * @beta
 */
export class Desk {
  readonly policy: PreparedPolicy;
  readonly staff: Staff;
  readonly calendars: Calendars;
  readonly #setup: DeskSetup;
  readonly #book: HandoffBook;
  readonly #logs = new Map<string, HandoffEvent[]>();
  readonly #terms = new Map<string, TermBook>();
  readonly #marks = new Map<string, MarkBook>();
  /** Which target each command was for: an id names one command of the whole ledger. */
  readonly #commands = new Map<string, string>();
  readonly #listeners = new Set<DeskListener>();
  #version = 0;
  #dataVersion = 0;

  /**
   * @param events of all targets; those of each oldest first.
   * @throws InputError when an event cannot stand where it stands.
   */
  constructor(setup: DeskSetup, events: Iterable<DeskEvent> = []) {
    this.#setup = setup;
    this.policy = readHandoffPolicy(setup.policy);
    this.staff = setup.staff;
    this.calendars = setup.calendars ?? {};
    this.#book = createHandoffBook([], setup.idsOf);
    for (const base of setup.glossary === undefined ? [] : currentTerms(setup.glossary))
      this.#terms.set(base.id, { base, log: [], state: initialTerm(base.id, base) });
    for (const event of events) this.add(event);
  }

  /** Events so far. */
  get version(): number {
    return this.#version;
  }

  /** Events so far that change what funnels and their charts see. */
  get dataVersion(): number {
    return this.#dataVersion;
  }

  /** The language of the terms. */
  get lang(): string {
    return this.#setup.glossary?.lang ?? 'en';
  }

  get book(): HandoffBook {
    return this.#book;
  }

  /** What is known of a person. */
  lead(personId: string): LeadCard | undefined {
    return this.#setup.lead?.(personId);
  }

  /** Every event of a hand-off, oldest first. */
  log(id: string): readonly HandoffEvent[] {
    return this.#logs.get(id) ?? [];
  }

  handoffs(): IterableIterator<HandoffState> {
    return this.#book.all();
  }

  logs(): ReadonlyMap<string, readonly HandoffEvent[]> {
    return this.#logs;
  }

  term(key: string): { state: TermState; log: readonly TermEvent[]; base: TermDefinition | undefined } | undefined {
    return this.#terms.get(key);
  }

  termStates(): TermState[] {
    return [...this.#terms.values()].map(({ state }) => state);
  }

  /** The terms as they stand at an instant, in milliseconds. */
  glossary(asOf: number): Glossary {
    return glossaryOf(this.termStates(), asOf, this.lang);
  }

  /** An annotation or a decision as it stands. */
  mark(id: string): MarkLine | undefined {
    const held = this.#marks.get(id);
    return held === undefined ? undefined : markLine(held.state);
  }

  /** Every annotation and decision, removed ones too, in the order they were made. */
  marks(): MarkLine[] {
    return [...this.#marks.values()].flatMap(({ state }) => markLine(state) ?? []);
  }

  /** What hand-offs say to funnels. */
  *stageEvents(): Generator<StageEvent> {
    for (const [id, log] of this.#logs) yield* stageEventsOf(id, log);
  }

  /** What a decision on a hand-off rests on. */
  contextOf(id: string, { by, at, zone, via }: Giver): HandoffContext {
    const personId = this.#book.get(id)?.personId;
    const card = personId === undefined ? undefined : this.lead(personId);
    const irreversible = this.#setup.irreversible?.(id);
    return {
      by,
      at,
      policy: this.policy,
      staff: this.staff,
      others: this.#book,
      calendars: this.calendars,
      ...(zone === undefined ? {} : { zone }),
      ...(via === undefined ? {} : { via }),
      ...(card === undefined ? {} : { lead: factsOf(card) }),
      ...(irreversible === undefined ? {} : { irreversible }),
    };
  }

  /** Decides a command. Nothing is changed: keep the event, then `add` it. */
  decide(command: Command, giver: Giver): DeskDecision {
    const { commandId, target, type } = command;
    const used = this.#commands.get(commandId);
    if (used !== undefined && used !== placeOf(type, target)) {
      const message = `commandId: ${commandId} was used for another command; give this one its own id`;
      return { status: 'refused', version: 0, message };
    }
    if (type.startsWith('term.')) {
      const { at } = giver;
      const { id, name, team } = giver.by;
      const held = this.#terms.get(target);
      const others = this.glossary(Date.parse(at));
      return decideTerm(held?.log ?? [], command, {
        by: { id, name, team },
        at,
        others,
        ...(held?.base === undefined ? {} : { base: held.base }),
      });
    }
    if (kindOf(type) === 'mark') {
      const { id, name, team } = giver.by;
      const log = this.#marks.get(target)?.log ?? [];
      return decideMark(log, command, { by: { id, name, team }, at: giver.at }, durationMs(this.policy.undoWithin));
    }
    if (type.startsWith('handoff.')) return decideHandoff(this.log(target), command, this.contextOf(target, giver));
    const message = `type: "${type}" is no command of this ledger; they begin with handoff., term., annotation. or decision.`;
    return { status: 'refused', version: 0, message };
  }

  /** Adds a kept event. @throws InputError when it cannot stand there; nothing is changed then. */
  add(event: DeskEvent): void {
    const { action, target } = event;
    if (isTermEvent(event)) this.#addTerm(event);
    else if (isMarkEvent(event)) this.#addMark(event);
    else {
      this.#book.add(event);
      const log = this.#logs.get(target);
      if (log === undefined) this.#logs.set(target, [event]);
      else log.push(event);
    }
    this.#commands.set(event.commandId, placeOf(action.type, target));
    this.#version += 1;
    const topics = topicsOf(event);
    if (topics.includes('data')) this.#dataVersion += 1;
    for (const listener of this.#listeners) listener(event, topics);
  }

  #addTerm(event: TermEvent): void {
    const held = this.#terms.get(event.target) ?? { base: undefined, log: [], state: initialTerm(event.target) };
    held.state = applyTermEvent(held.state, event);
    held.log.push(event);
    this.#terms.set(event.target, held);
  }

  #addMark(event: MarkEvent): void {
    const held = this.#marks.get(event.target) ?? { log: [], state: initialMark(event.target) };
    held.state = applyMarkEvent(held.state, event);
    held.log.push(event);
    this.#marks.set(event.target, held);
  }

  /** Calls back after each event. Returns the way to stop. */
  onEvent(listener: DeskListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** Whether a line of the ledger is about a term. @beta */
export function isTermEvent(event: DeskEvent): event is TermEvent {
  return kindOf(event.action.type) === 'term';
}

/** Whether a line of the ledger is about an annotation or a decision. @beta */
export function isMarkEvent(event: DeskEvent): event is MarkEvent {
  return kindOf(event.action.type) === 'mark';
}

/** What a command or an event of a type is about. @beta */
export function kindOf(type: string): 'term' | 'mark' | 'handoff' {
  if (type.startsWith('term.')) return 'term';
  return type.startsWith('annotation.') || type.startsWith('decision.') ? 'mark' : 'handoff';
}

/** Whose answers may differ after an event. @beta */
export function topicsOf(event: DeskEvent): DeskTopic[] {
  if (isTermEvent(event)) return ['glossary'];
  if (isMarkEvent(event)) return ['data'];
  return changesStages(event) ? ['handoffs', 'data'] : ['handoffs'];
}

/** A term and a hand-off may have the same name. */
const placeOf = (type: string, target: string): string => `${kindOf(type)} ${target}`;
