import type { HandoffActionState } from '../../contracts/index.ts';
import type { HandoffAction, HandoffActor } from '../../handoff/contracts/index.ts';
import { refusalOf } from '../../handoff/decide/refuse.ts';
import { unavailable } from '../../handoff/decide/who.ts';
import type { Handoff, HandoffState } from '../../handoff/machine/state.ts';
import { TRANSITIONS } from '../../handoff/machine/transitions.ts';
import type { Desk } from '../desk.ts';
import { actorOf, type Asking } from '../reader.ts';
import { refusalParts } from '../refusal.ts';

/** What a queue offers, the expected first. What makes a hand-off, and what only rules do, is not among them. */
const OFFERED = [
  'handoff.offer',
  'handoff.accept',
  'handoff.resubmit',
  'handoff.logResponse',
  'handoff.qualify',
  'handoff.return',
  'handoff.recycle',
  'handoff.disqualify',
  'handoff.release',
  'handoff.withdraw',
  'handoff.reassign',
  'handoff.pause',
  'handoff.resume',
  'handoff.review',
  'handoff.note',
  'handoff.undo',
] as const satisfies readonly HandoffAction['type'][];
type Offered = (typeof OFFERED)[number];

/** Any words, for a trial of an action whose words are still to be given. */
const WORDS = '-';
/** A day and an instant that lie ahead whenever they are read. */
const AHEAD = { day: '9999-12-30', instant: '9999-12-30T00:00:00Z' };

/** The actions that may follow the state of a hand-off, each with whether this reader may take it, and why not. */
export function actionsFor(state: HandoffState, desk: Desk, asking: Asking): HandoffActionState[] {
  const { now } = state;
  if (now === null) return [];
  return OFFERED.filter((type) => TRANSITIONS[type].from.includes(now.status)).map((type) => {
    const name = type.slice('handoff.'.length);
    const refusal = whyNot(state, now, type, desk, asking);
    return refusal === null
      ? { type, name, allowed: true }
      : { type, name, allowed: false, refusal: refusalParts(refusal) };
  });
}

/** The names of the actions this reader may take. */
export function allowedFor(state: HandoffState, desk: Desk, asking: Asking): string[] {
  const { now } = state;
  if (now === null || actorOf(asking) === undefined) return [];
  return OFFERED.filter(
    (type) => TRANSITIONS[type].from.includes(now.status) && whyNot(state, now, type, desk, asking) === null,
  ).map((type) => type.slice('handoff.'.length));
}

function whyNot(state: HandoffState, now: Handoff, type: Offered, desk: Desk, asking: Asking): string | null {
  const { at, timeZone, rights } = asking;
  const by = actorOf(asking);
  if (by === undefined) {
    return rights.caps.includes('act')
      ? 'by: nobody is signed in; sign in to act'
      : 'caps: your rights do not include "act"; ask for it';
  }
  return refusalOf(state, sampleOf(type, now, desk, by, at), desk.contextOf(state.id, { by, at, zone: timeZone }));
}

/** An action as it might be meant, with what is still to be chosen chosen well. */
function sampleOf(type: Offered, now: Handoff, desk: Desk, by: HandoffActor, at: string): HandoffAction {
  const { policy, staff, book } = desk;
  switch (type) {
    case 'handoff.offer': {
      const pool = now.pool ?? policy.fallbackPool ?? staff.pools[0]?.id;
      const seller = staff.sellers[0]?.id;
      return { type, payload: pool !== undefined ? { pool } : seller !== undefined ? { seller } : {} };
    }
    case 'handoff.return':
      return { type, payload: { missing: [{ element: policy.reasons.return.reasons[0]?.code ?? '', text: WORDS }] } };
    case 'handoff.resubmit':
      return { type, payload: { answers: now.missing.map(({ element }) => ({ element, answer: 'completed' })) } };
    case 'handoff.logResponse':
      return { type, payload: { activity: 'call', direction: 'out', by: 'human' } };
    case 'handoff.recycle': {
      const { reasons } = policy.reasons.recycle;
      const reason = (reasons.find(({ needs }) => needs === undefined) ?? reasons[0])?.code ?? '';
      return { type, payload: { reason, text: WORDS, reviewOn: AHEAD.day } };
    }
    case 'handoff.disqualify':
      return {
        type,
        payload: { reason: policy.reasons.disqualify.reasons[0]?.code ?? '', text: WORDS, evidence: WORDS },
      };
    case 'handoff.withdraw':
      return { type, payload: { reason: WORDS } };
    case 'handoff.release': {
      const pool = now.pool ?? policy.fallbackPool ?? staff.pools[0]?.id;
      return { type, payload: { reason: WORDS, ...(pool === undefined ? {} : { pool }) } };
    }
    case 'handoff.reassign': {
      const others = staff.sellers.filter(({ id }) => id !== now.seller);
      const free = others.find((seller) => unavailable(seller, at, book) === null) ?? others[0];
      return { type, payload: { seller: free?.id ?? now.seller ?? '' } };
    }
    case 'handoff.pause':
      return by.role === 'seller'
        ? { type, payload: { reason: 'leadAsked', until: AHEAD.instant } }
        : { type, payload: { reason: 'legalHold' } };
    case 'handoff.note':
      return { type, payload: { text: WORDS } };
    case 'handoff.accept':
    case 'handoff.qualify':
    case 'handoff.resume':
    case 'handoff.review':
    case 'handoff.undo':
      return { type, payload: {} };
  }
}
