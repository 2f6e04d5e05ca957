import type { AnswerContext, Command, CommandOutcome, Flag, Ledger, MetricsEngine } from '../contracts/index.ts';
import { createMemoryEngine, type MemoryData } from '../engine/index.ts';
import type { HandoffActor } from '../handoff/contracts/index.ts';
import { decideFor, outcomeFor } from './command.ts';
import { Desk, type DeskEvent, type DeskSetup, type DeskTopic } from './desk.ts';
import { deskEngine } from './engine.ts';
import { askingOf } from './reader.ts';

/** What a desk in memory stands on. @beta */
export interface MemoryDeskOptions extends DeskSetup {
  /** Records and events that funnels and KPIs read beside what hand-offs lead to. Default: none. */
  data?: MemoryData;
  /** The ledger so far; the events of each target oldest first. Default: empty. */
  events?: Iterable<DeskEvent>;
  /** The clock, as an ISO instant. Default: now. */
  now?: () => string;
  /** Flags of every answer, such as `demo`. */
  flags?: readonly Flag[];
}

/** Who sits at the desk, and what answers depend on beside the ledger. Questions are answered as of its clock. @beta */
export type Seat = Omit<AnswerContext, 'signal' | 'asOf' | 'reader'> & { reader: HandoffActor };

/** A ledger in memory with an engine over it, for stories, tests, and pages without a server. @beta */
export interface MemoryDesk {
  desk: Desk;
  /** Answers every kind of question; funnels see at once what hand-offs lead to. */
  engine: MetricsEngine;
  /** What `localSource` needs for one person. People at one desk see what the others do. */
  sit(seat: Seat): { context: () => Omit<AnswerContext, 'signal'>; ledger: Ledger };
}

/**
 * Opens a ledger in memory.
 *
 * @throws InputError when its events cannot stand where they stand, or the policy cannot be used.
 *
 * @example
 * const desk = createMemoryDesk({ staff, lead: (id) => cards.get(id), glossary: STARTING_LEXICON });
 * const seat = desk.sit({ reader: dana, rights: OWNER_RIGHTS, definitions: DEFAULT_DEFINITIONS, timeZone: 'UTC' });
 * queue.source = localSource(desk.engine, seat.context, seat.ledger);
 * @beta
 */
export function createMemoryDesk(options: MemoryDeskOptions): MemoryDesk {
  const { data = {}, events = [], now = () => new Date().toISOString(), flags = [], ...setup } = options;
  const desk = new Desk(setup, events);
  const engine = deskEngine(withStages(data, desk, flags, now), desk, { now, flags, name: 'memory' });
  const sit: MemoryDesk['sit'] = (seat) => ({
    context: () => ({ ...seat, asOf: now() }),
    ledger: {
      command: async (command) => give(desk, command, seat, now()),
      subscribe: (topic, changed) =>
        desk.onEvent((_, topics) => {
          if (topics.some((one: DeskTopic) => one === topic)) queueMicrotask(changed);
        }),
    },
  });
  return { desk, engine, sit };
}

function give(desk: Desk, command: Command, seat: Seat, at: string): CommandOutcome {
  const { reader: by, timeZone: zone } = seat;
  const asking = askingOf({ ...seat, asOf: at }, at);
  const decision = decideFor(desk, command, { by, at, zone, via: 'widget' }, asking);
  if (decision.event !== undefined) desk.add(decision.event);
  return outcomeFor(desk, command, decision, asking);
}

/** An engine over the data and what hand-offs lead to, packed anew when a funnel is asked for after that has changed. */
function withStages(data: MemoryData, desk: Desk, flags: readonly Flag[], now: () => string): MetricsEngine {
  const { records = [], events = [], activities = [], figures = [] } = data;
  // Read once, since an iterable may not give its values twice.
  const kept = { records: [...records], events: [...events], activities: [...activities], figures: [...figures] };
  let packed: { version: number; engine: MetricsEngine } | undefined;
  return {
    answer(question, context) {
      if (packed?.version !== desk.dataVersion) {
        const all = { ...kept, events: [...kept.events, ...desk.stageEvents()] };
        packed = { version: desk.dataVersion, engine: createMemoryEngine(all, { flags, now }) };
      }
      return packed.engine.answer(question, context);
    },
  };
}
