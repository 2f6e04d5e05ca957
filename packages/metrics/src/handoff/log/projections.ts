import type { StageEvent } from '../../contracts/records.ts';
import type { HandoffAction, HandoffEvent, HandoffStatus } from '../contracts/index.ts';
import { applyHandoffEvent, replayHandoff } from '../machine/apply.ts';
import { initialHandoff } from '../machine/state.ts';
import { TRANSITIONS } from '../machine/transitions.ts';
import { doneEvents } from './runs.ts';

const STAGES: Partial<Record<HandoffAction['type'], string>> = {
  'handoff.accept': 'sal',
  'handoff.qualify': 'sql',
  'handoff.return': 'returned',
  'handoff.recycle': 'recycled',
  'handoff.disqualify': 'disqualified',
};

/**
 * What a funnel sees of a hand-off: acceptance, qualification, return, recycling and disqualification of the person.
 * What was taken back is not there.
 * @beta
 */
export function stageEventsOf(id: string, log: readonly HandoffEvent[]): StageEvent[] {
  const personId = replayHandoff(id, log.slice(0, 1)).now?.personId;
  if (personId === undefined) return [];
  return doneEvents(log).flatMap(({ version, at, by, action }) => {
    const stage = STAGES[action.type];
    if (stage === undefined) return [];
    const reason = reasonOf(action);
    return {
      entityId: personId,
      entityType: 'person',
      stage,
      at,
      source: { system: 'sama', recordId: `${id}@${version}` },
      cause: by.role === 'system' ? 'auto' : 'human',
      actorTeam: by.team,
      ...(reason === null ? {} : { reason }),
      batch: 'ledger',
    };
  });
}

/** Whether an event changes what a funnel sees. */
export function changesStages({ action }: HandoffEvent): boolean {
  return STAGES[action.type] !== undefined || action.type === 'handoff.undo';
}

/** One line of the audit: plain values, ready to export. @beta */
export interface AuditLine {
  handoff: string;
  version: number;
  commandId: string;
  /** ISO instant. */
  at: string;
  /** The zone of whoever acted. */
  zone: string | null;
  actorId: string;
  team: string;
  role: string;
  via: string | null;
  event: string;
  before: HandoffStatus | null;
  after: HandoffStatus | null;
  ownerBefore: string | null;
  ownerAfter: string | null;
  reason: string | null;
}

/**
 * The audit of a hand-off: who, when, by what, from what to what and why. Names and free words stay out of it.
 * @beta
 */
export function auditTrail(id: string, log: readonly HandoffEvent[]): AuditLine[] {
  let state = initialHandoff(id);
  return log.map((event) => {
    const { now: before } = state;
    state = applyHandoffEvent(state, event);
    const { version, commandId, at, zone = null, by, via = null, action } = event;
    return {
      handoff: id,
      version,
      commandId,
      at,
      zone,
      actorId: by.id,
      team: by.team,
      role: by.role,
      via,
      event: action.type.slice('handoff.'.length),
      before: before?.status ?? null,
      after: state.now?.status ?? null,
      ownerBefore: before?.seller ?? null,
      ownerAfter: state.now?.seller ?? null,
      reason: reasonOf(action),
    };
  });
}

/** The codes an action gives as its reason. */
function reasonOf(action: HandoffAction): string | null {
  if (action.type === 'handoff.return') return action.payload.missing.map(({ element }) => element).join(' ');
  return action.type === 'handoff.recycle' || action.type === 'handoff.disqualify' ? action.payload.reason : null;
}

/** What a host has to make known of an event: `sla.breached`. @beta */
export function emittedBy({ action }: HandoffEvent): readonly string[] {
  return TRANSITIONS[action.type].emits ?? [];
}
