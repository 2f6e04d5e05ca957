import type { ClockKey, HandoffAction, HandoffEvent } from '../contracts/index.ts';
import { isRunning, paused, resumed, started, stopped, type Clock, type Clocks } from './clocks.ts';
import { initialHandoff, type Handoff, type HandoffState, type Outcome } from './state.ts';
import { TRANSITIONS, type Transition } from './transitions.ts';

/** The state after an event. Pure; the event is one that `decideHandoff` accepted. */
export function applyHandoffEvent(state: HandoffState, event: HandoffEvent): HandoffState {
  const { action, at, by, version } = event;
  return {
    id: state.id,
    version,
    last: { by, at },
    now: changed(state, event),
    before: action.type === 'handoff.undo' ? null : state.now,
    lastType: action.type,
  };
}

/** The state of a hand-off after its log, oldest event first. */
export function replayHandoff(id: string, log: readonly HandoffEvent[]): HandoffState {
  return log.reduce(applyHandoffEvent, initialHandoff(id));
}

function changed({ now, before }: HandoffState, event: HandoffEvent): Handoff | null {
  const { action, at } = event;
  if (action.type === 'handoff.undo') return before;
  if (action.type === 'handoff.draft' || action.type === 'handoff.reenter') return made(event, action);
  if (now === null) return null;
  const transition = TRANSITIONS[action.type];
  const next: Handoff = { ...now, status: transition.to ?? now.status, ...fieldsOf(now, event, action) };
  const clocks = turned(next, transition, action.type === 'handoff.logResponse' ? (action.payload.at ?? at) : at);
  return clocks === next.clocks ? next : { ...next, clocks };
}

type Made = Extract<HandoffAction, { type: 'handoff.draft' | 'handoff.reenter' }>;

function made({ at, by }: HandoffEvent, { payload }: Made): Handoff {
  const inquiryAt = payload.inquiryAt ?? at;
  const again = 'previous' in payload;
  return {
    status: 'draft',
    personId: payload.personId,
    accountId: payload.accountId ?? null,
    rating: payload.rating ?? null,
    source: payload.source ?? null,
    campaignId: payload.campaignId ?? null,
    cycle: again ? payload.cycle : 1,
    previous: again ? payload.previous : null,
    attempt: 1,
    ownerAttempt: 1,
    pool: null,
    seller: null,
    preparedBy: by,
    inquiryAt,
    offeredAt: null,
    acceptedAt: null,
    respondedAt: null,
    missing: [],
    returns: 0,
    releasedBy: [],
    clocks: { systemLatency: started(undefined, inquiryAt, null) },
    holds: [],
    outcome: null,
  };
}

type Changing = Exclude<HandoffAction, Made | { type: 'handoff.undo' }>;

/** What an action sets beside the state and the clocks. */
function fieldsOf(now: Handoff, { at, by }: HandoffEvent, action: Changing): Partial<Handoff> {
  const end = (reason: string, more: Partial<Outcome> = {}): Partial<Handoff> => ({
    outcome: { by, at, reason, text: null, reviewOn: null, reentry: null, survivor: null, ...more },
  });
  switch (action.type) {
    case 'handoff.offer': {
      const { pool = null, seller = null } = action.payload;
      return { pool, seller, offeredAt: at };
    }
    case 'handoff.accept':
      return { seller: by.id, acceptedAt: at };
    case 'handoff.return':
      // Who returned it gets it back first, so a lead nobody had accepted is now with that seller.
      return { seller: by.id, missing: action.payload.missing, returns: now.returns + 1 };
    case 'handoff.resubmit':
      return { attempt: now.attempt + 1, offeredAt: at };
    case 'handoff.reassign':
      return { seller: action.payload.seller, ownerAttempt: now.ownerAttempt + 1 };
    case 'handoff.logResponse':
      return { respondedAt: now.respondedAt ?? action.payload.at ?? at };
    case 'handoff.qualify':
      return end('qualified');
    case 'handoff.recycle': {
      const { reason, text = null, reviewOn = null, reentry = null } = action.payload;
      return end(reason, { text, reviewOn, reentry });
    }
    case 'handoff.disqualify':
      return end(action.payload.reason, { text: action.payload.evidence ?? action.payload.text ?? null });
    case 'handoff.withdraw':
      return end(action.payload.reason);
    case 'handoff.merge':
      return end('survivor', { survivor: action.payload.survivor });
    case 'handoff.release': {
      const { seller, releasedBy } = now;
      return {
        seller: null,
        pool: action.payload.pool ?? now.pool,
        releasedBy: seller === null ? releasedBy : [...releasedBy, seller],
      };
    }
    case 'handoff.pause': {
      const { reason, until = null } = action.payload;
      return { holds: [...now.holds, { reason, from: at, to: until }] };
    }
    case 'handoff.resume':
      return { holds: now.holds.map((hold) => (endsAfter(hold.to, at) ? { ...hold, to: at } : hold)) };
    case 'handoff.timeout':
    case 'handoff.review':
      return {};
  }
}

/** Whether a standstill lasts beyond an instant. */
export function endsAfter(end: string | null, at: string): boolean {
  return end === null || Date.parse(end) > Date.parse(at);
}

/** Turns the clocks as a transition says. Stops come before starts. */
function turned({ clocks, seller }: Handoff, transition: Transition, at: string): Clocks {
  let next: Partial<Record<ClockKey, Clock>> | null = null;
  const turn = (keys: readonly ClockKey[] | undefined, change: (clock: Clock) => Clock): void => {
    if (keys === undefined) return;
    for (const key of keys) {
      const clock = (next ?? clocks)[key];
      if (isRunning(clock)) (next ??= { ...clocks })[key] = change(clock);
    }
  };
  turn(transition.stops, (clock) => stopped(clock, at));
  turn(transition.pauses, (clock) => paused(clock, at));
  turn(transition.resumes, (clock) => resumed(clock, at));
  for (const key of transition.starts ?? [])
    (next ??= { ...clocks })[key] = started(next[key], at, ownerOf(key, seller));
  return next ?? clocks;
}

/** Clocks of sales count for a seller, those of marketing for the team. */
function ownerOf(key: ClockKey, seller: string | null): string | null {
  return key === 'marketingFix' || key === 'recycleReview' ? null : seller;
}
