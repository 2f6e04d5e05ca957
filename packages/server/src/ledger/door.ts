import type { Command, CommandOutcome, LeadCard, MarkLine, Rights } from '@sama/metrics/contracts';
import { auditOf, type LedgerAuditLine } from '@sama/metrics/desk';
import type { HandoffActor, HandoffEvent } from '@sama/metrics/handoff';
import type { Keeper } from './keeper.ts';

/** All that a ledger knows of a person: what stands beside the log, and the hand-offs in it. */
export interface KnownPerson {
  card?: LeadCard;
  handoffs: { id: string; events: readonly HandoffEvent[] }[];
}

/** The ledger as requests reach it. */
export interface LedgerDoor {
  /** Changes with every event that is kept. */
  version(): number;
  /** Its clock, an ISO instant. */
  now(): string;
  /** @throws LedgerError when it could not be kept. */
  command(command: Command, by: HandoffActor, rights: Rights): Promise<CommandOutcome>;
  /** Annotations and decisions, removed ones too. */
  marks(): readonly MarkLine[];
  /** Who did what, in order. */
  audit(): readonly LedgerAuditLine[];
  /** Undefined where nothing is known. */
  person(id: string): KnownPerson | undefined;
  /** Forgets what stands beside the log; the log stays whole. */
  forget(id: string): Promise<void>;
}

/** The door to a keeper's ledger; commands are told in a time zone. */
export function doorOf(keeper: Keeper, timeZone: () => string = () => 'UTC'): LedgerDoor {
  return {
    version: () => keeper.version,
    now: () => keeper.now(),
    command: (command, by, rights) => keeper.command(command, by, rights, { timeZone: timeZone() }),
    marks: () => keeper.desk.marks(),
    audit: () => auditOf(keeper.events, keeper.desk),
    person: (id) => {
      const card = keeper.desk.lead(id);
      const handoffs = [...keeper.desk.handoffs()]
        .filter(({ now }) => now?.personId === id)
        .map(({ id: handoff }) => ({ id: handoff, events: keeper.desk.log(handoff) }));
      return card === undefined && handoffs.length === 0
        ? undefined
        : { handoffs, ...(card === undefined ? {} : { card }) };
    },
    forget: (id) => keeper.forget(id),
  };
}
