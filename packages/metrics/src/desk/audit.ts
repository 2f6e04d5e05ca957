import { applyTermEvent, initialTerm, type TermState } from '../glossary/life/state.ts';
import { auditTrail, type AuditLine } from '../handoff/log/projections.ts';
import type { HandoffEvent } from '../handoff/contracts/index.ts';
import { logsOf } from '../handoff/log/runs.ts';
import { applyMarkEvent, initialMark, markLine, type MarkState } from '../marks/index.ts';
import { isMarkEvent, isTermEvent, type Desk, type DeskEvent } from './desk.ts';

/** One line of the audit of a whole ledger: plain values, ready to export. @beta */
export interface LedgerAuditLine extends Omit<AuditLine, 'handoff' | 'before' | 'after'> {
  /** The number of the event in the ledger, from 1. */
  seq: number;
  kind: 'handoff' | 'term' | 'annotation' | 'decision';
  target: string;
  /** How the target stood; null before it was there. */
  before: string | null;
  after: string | null;
}

/**
 * The audit of a ledger: who did what to which target, when, by what, from what to what and why. Names and free words
 * stay out of it.
 *
 * @param events all of them, in order.
 * @param desk knows the terms as they stood before the ledger began.
 * @beta
 */
export function auditOf(events: readonly DeskEvent[], desk: Pick<Desk, 'term'>): LedgerAuditLine[] {
  const handoffs = events.filter((event): event is HandoffEvent => !isTermEvent(event) && !isMarkEvent(event));
  const trails = new Map(Array.from(logsOf(handoffs), ([id, log]) => [id, auditTrail(id, log)]));
  const terms = new Map<string, TermState>();
  const marks = new Map<string, MarkState>();
  return events.flatMap((event, i): LedgerAuditLine[] => {
    const seq = i + 1;
    const { target, version, commandId, at, by, action } = event;
    const [kind = '', verb = ''] = action.type.split('.');
    const line = {
      seq,
      target,
      version,
      commandId,
      at,
      zone: null,
      actorId: by.id,
      team: by.team,
      role: '',
      via: null,
    };
    const rest = { event: verb, ownerBefore: null, ownerAfter: null, reason: null };
    if (isTermEvent(event)) {
      const before = terms.get(target) ?? initialTerm(target, desk.term(target)?.base);
      const after = applyTermEvent(before, event);
      terms.set(target, after);
      return [{ ...line, ...rest, kind: 'term', before: standing(before), after: standing(after) }];
    }
    if (isMarkEvent(event)) {
      const before = marks.get(target) ?? initialMark(target);
      const after = applyMarkEvent(before, event);
      marks.set(target, after);
      const states = [markLine(before), markLine(after)];
      return [
        {
          ...line,
          ...rest,
          kind: kind === 'decision' ? 'decision' : 'annotation',
          before: states[0]?.status ?? null,
          after: states[1]?.status ?? null,
          ownerBefore: states[0]?.owner ?? null,
          ownerAfter: states[1]?.owner ?? null,
        },
      ];
    }
    const own = trails.get(target)?.[version - 1];
    if (own === undefined) return [];
    const { handoff: _, ...fields } = own;
    return [{ seq, kind: 'handoff', target, ...fields }];
  });
}

/** How a term stands for whoever reads its history; whether it is in force yet is a matter of the moment. */
function standing({ deprecated, open, agreed }: TermState): string | null {
  if (deprecated !== null) return 'deprecated';
  return open?.stage ?? (agreed.length > 0 ? 'agreed' : null);
}
