import { durationMs } from '../../time/duration.ts';
import type { HandoffAction } from '../contracts/index.ts';
import type { Handoff, HandoffState } from '../machine/state.ts';
import { OPEN, TRANSITIONS } from '../machine/transitions.ts';
import { clockReading } from '../sla/reading.ts';
import type { HandoffContext } from './context.ts';
import { endReason, evidenceOf, returnFault, resubmitFault } from './reasons.ts';
import { leadFault, qualificationFault } from './lead.ts';
import { badAddressee, fullFault, notTheirs, unavailable } from './who.ts';

type Of<T extends HandoffAction['type']> = Extract<HandoffAction, { type: T }>['payload'];

/** Why a command is not allowed now, with the remedy; null when it is. */
export function refusalOf(state: HandoffState, action: HandoffAction, context: HandoffContext): string | null {
  const { now } = state;
  const { role } = context.by;
  const { actors, from } = TRANSITIONS[action.type];
  const name = action.type.slice('handoff.'.length);
  if (action.type === 'handoff.draft' || action.type === 'handoff.reenter') {
    if (now !== null) return `target: ${state.id} exists already; give the new hand-off its own id`;
    return (
      wrongRole(name, role, actors) ?? inquiryFault(action.payload.inquiryAt, context.at) ?? reentry(action, context)
    );
  }
  if (now === null) return `target: there is no hand-off ${state.id}; draft it first`;
  if (!from.includes(now.status)) return `type: ${name} does not follow ${now.status}; ${possible(now.status)}`;
  return wrongRole(name, role, actors) ?? guard(state, now, action, context);
}

type Guarded = Exclude<HandoffAction, { type: 'handoff.draft' | 'handoff.reenter' }>;

function guard(state: HandoffState, now: Handoff, action: Guarded, context: HandoffContext): string | null {
  const mine = (): string | null => (context.by.role === 'seller' ? notTheirs(now, context) : null);
  const { policy } = context;
  switch (action.type) {
    case 'handoff.offer':
      return offer(state, now, action.payload, context);
    case 'handoff.accept':
      return mine() ?? capacity(now, action.payload.override, context);
    case 'handoff.return':
      return mine() ?? returnFault(action.payload.missing, policy.reasons.return);
    case 'handoff.resubmit':
      return resubmitFault(now.missing, action.payload.answers);
    case 'handoff.timeout':
      return timeout(now, context);
    case 'handoff.reassign':
      return reassign(now, action.payload, context);
    case 'handoff.logResponse':
      return mine() ?? response(now, action.payload, context.at);
    case 'handoff.qualify':
      return mine() ?? qualificationFault(context);
    case 'handoff.recycle':
      return mine() ?? recycle(action.payload, context);
    case 'handoff.disqualify':
      return mine() ?? evidenceOf(action.payload, policy.reasons.disqualify);
    case 'handoff.merge':
      return merge(state.id, action.payload.survivor, context);
    case 'handoff.release':
      return mine() ?? release(now, action.payload, context);
    case 'handoff.undo':
      return undo(state, context);
    case 'handoff.pause':
      return mine() ?? pause(action.payload, context);
    case 'handoff.resume':
      return mine() ?? (standing(now, context.at) ? null : 'type: no clock is paused; there is nothing to resume');
    case 'handoff.withdraw':
    case 'handoff.review':
    case 'handoff.note':
      return null;
  }
}

function wrongRole(name: string, role: string, actors: readonly string[]): string | null {
  return actors.some((actor) => actor === role) ? null : `by.role: ${role} may not ${name}; ask ${actors.join(' or ')}`;
}

function possible(status: Handoff['status']): string {
  const next = Object.entries(TRANSITIONS).filter(([, { from }]) => from.includes(status));
  return `possible are ${next.map(([type]) => type.slice('handoff.'.length)).join(', ')}`;
}

function inquiryFault(inquiryAt: string | undefined, at: string): string | null {
  return inquiryAt !== undefined && Date.parse(inquiryAt) > Date.parse(at)
    ? `payload.inquiryAt: ${inquiryAt} is after now (${at}); give the instant of the inquiry, or leave it out`
    : null;
}

type New = Extract<HandoffAction, { type: 'handoff.draft' | 'handoff.reenter' }>;

function reentry(action: New, context: HandoffContext): string | null {
  if (action.type === 'handoff.draft') return notNext(action.payload.personId, null, context);
  const { previous, personId, cycle } = action.payload;
  const before = context.others.get(previous);
  if (before === undefined) return `payload.previous: there is no hand-off ${previous}; draft a first one instead`;
  if (!comesBack(before))
    return `payload.previous: ${previous} is ${before.status}; only what was recycled or disqualified comes back`;
  if (before.personId !== personId)
    return `payload.personId: ${previous} is of ${before.personId}; name that person, or draft a first hand-off`;
  if (cycle !== before.cycle + 1)
    return `payload.cycle: ${cycle} does not follow ${before.cycle}; write ${before.cycle + 1}`;
  const since = before.outcome?.at ?? context.at;
  const from = Date.parse(since) + durationMs(context.policy.coolingOff);
  if (Date.parse(context.at) < from)
    return `at: the cooling-off of ${previous} lasts until ${new Date(from).toISOString()}; come back then`;
  return notNext(personId, previous, context);
}

const comesBack = ({ status }: Handoff): boolean => status === 'recycled' || status === 'disqualified';

/** A person comes back from where the last hand-off ended: past the cooling-off, and counted as the next cycle. */
function notNext(personId: string, previous: string | null, { others }: HandoffContext): string | null {
  const latest = others.latestOf(personId);
  const before = latest === undefined ? undefined : others.get(latest);
  if (latest === previous || before === undefined || !comesBack(before)) return null;
  return `payload.personId: ${personId} was ${before.status} as ${latest}; reenter with previous ${latest}, cycle ${before.cycle + 1}`;
}

function offer(
  state: HandoffState,
  now: Handoff,
  payload: Of<'handoff.offer'>,
  context: HandoffContext,
): string | null {
  if (payload.pool === undefined && payload.seller === undefined)
    return 'payload: neither pool nor seller; name who it is offered to';
  return (
    badAddressee(payload, context) ??
    leadFault(context) ??
    alreadyOpen(state.id, now.personId, context) ??
    notNext(now.personId, now.previous, context)
  );
}

/** Two open hand-offs of one person would be worked twice. */
function alreadyOpen(id: string, personId: string, { others }: HandoffContext): string | null {
  const other = others.openOf(personId).find((open) => open !== id);
  return other === undefined
    ? null
    : `target: ${personId} has the open hand-off ${other}; add the touch to that one, or merge them`;
}

function capacity(now: Handoff, override: string | undefined, { by, staff, others }: HandoffContext): string | null {
  const seller = staff.sellers.find(({ id }) => id === by.id);
  if (seller === undefined) return `by.id: there is no seller "${by.id}"; add this person to the staff`;
  if (override !== undefined) return null;
  // What was offered to this seller counts among the load already, unless the offer has expired.
  const offered = now.seller === by.id && now.status === 'offered' ? 1 : 0;
  const why = fullFault(seller, others.load(by.id) - offered);
  return why === null ? null : `by.id: ${by.id} ${why}; finish one, or say in payload.override why to take more`;
}

function timeout(now: Handoff, { policy, at, calendars = {} }: HandoffContext): string | null {
  const used = clockReading(now, 'acceptance', { policy, calendars, at })?.owner;
  if (used === undefined || used === null || used.used.value === null || used.target.value === null)
    return 'calendars: there is none to count the acceptance by; give that of the owner, team or lead';
  return used.used.value >= used.target.value
    ? null
    : `at: the acceptance clock is not used up; ${used.dueAt === null ? 'it is paused' : `it is due at ${used.dueAt}`}`;
}

function reassign(now: Handoff, { seller }: Of<'handoff.reassign'>, context: HandoffContext): string | null {
  const bad = badAddressee({ seller }, context);
  if (bad !== null) return bad;
  if (seller === now.seller) return `payload.seller: it is with ${seller} already; name the next seller`;
  const next = context.staff.sellers.find(({ id }) => id === seller);
  const why = next === undefined ? null : unavailable(next, context.at, context.others);
  return why === null ? null : `payload.seller: ${seller} ${why}; name another one`;
}

function response(now: Handoff, payload: Of<'handoff.logResponse'>, at: string): string | null {
  if (payload.direction !== 'out') return 'payload.direction: only what goes out is a response; log it elsewhere';
  if (payload.by !== 'human') return 'payload.by: an automatic reply is no response; log what a person did';
  if (payload.at === undefined) return null;
  const happened = Date.parse(payload.at);
  if (happened > Date.parse(at)) return `payload.at: ${payload.at} is after now (${at}); log it when it has happened`;
  return now.acceptedAt !== null && happened < Date.parse(now.acceptedAt)
    ? `payload.at: ${payload.at} is before the acceptance (${now.acceptedAt}); log a response to this hand-off`
    : null;
}

function recycle(payload: Of<'handoff.recycle'>, { policy, lead }: HandoffContext): string | null {
  const reason = endReason(payload, policy.reasons.recycle);
  if (typeof reason === 'string') return reason;
  if (payload.reviewOn === undefined && payload.reentry === undefined)
    return 'payload.reviewOn: neither a review date nor a re-entry rule; give one, so that the lead is not forgotten';
  if (reason.needs !== 'attempts') return null;
  if (lead?.attempts === undefined) return 'lead.attempts: is missing; count the attempts before saying "unreachable"';
  return lead.attempts < policy.attempts
    ? `payload.reason: ${reason.code} needs ${policy.attempts} attempts, not ${lead.attempts}; try again, or give another reason`
    : null;
}

function merge(id: string, survivor: string, { others }: HandoffContext): string | null {
  if (survivor === id) return 'payload.survivor: a hand-off cannot survive itself; name the other one';
  const other = others.get(survivor);
  if (other === undefined) return `payload.survivor: there is no hand-off ${survivor}; name one that is`;
  if (other.status !== 'merged') return null;
  return `payload.survivor: ${survivor} was merged itself; name ${other.outcome?.survivor ?? 'the one it went into'}`;
}

function release(now: Handoff, { pool }: Of<'handoff.release'>, context: HandoffContext): string | null {
  if (now.seller !== null && now.releasedBy.includes(now.seller))
    return `payload: ${now.seller} has released it once already; return, recycle or disqualify it`;
  if (pool === undefined && now.pool === null)
    return 'payload.pool: it came to this seller alone; name the pool it goes to';
  return badAddressee({ pool }, context);
}

function undo(state: HandoffState, context: HandoffContext): string | null {
  const { last, before, lastType } = state;
  if (lastType === 'handoff.undo') return 'type: an undo is not undone; give the command again';
  if (last === null || before === null) return 'type: a first event has nothing before it; withdraw the hand-off';
  if (last.by.id !== context.by.id) return `by.id: the last event is of ${last.by.name}; only they can take it back`;
  const { irreversible, policy, at } = context;
  if (irreversible !== undefined) return `type: it cannot be taken back (${irreversible}); correct it by a new command`;
  if (Date.parse(at) - Date.parse(last.at) > durationMs(policy.undoWithin))
    return `at: the time to take it back is over since ${last.at}; correct it by a new command`;
  const reopens = OPEN.includes(before.status) && state.now !== null && !OPEN.includes(state.now.status);
  return reopens ? alreadyOpen(state.id, before.personId, context) : null;
}

function pause({ reason, until }: Of<'handoff.pause'>, { at, by }: HandoffContext): string | null {
  if (reason === 'legalHold')
    return by.role === 'seller' ? 'by.role: a seller may not set a legal hold; ask ops' : null;
  if (until === undefined) return 'payload.until: is missing; give the instant the lead asked for';
  return Date.parse(until) <= Date.parse(at) ? `payload.until: ${until} has passed; give an instant to come` : null;
}

function standing({ holds }: Handoff, at: string): boolean {
  return holds.some(({ to }) => to === null || Date.parse(to) > Date.parse(at));
}
