import type { ClockKey, HandoffAction, HandoffEvent } from '../contracts/index.ts';
import { isRunning, paused, resumed, started, stopped, type Clock, type Clocks } from './clocks.ts';
import { initialHandoff, type Handoff, type HandoffState, type Outcome } from './state.ts';
import { TRANSITIONS, type Transition } from './transitions.ts';

/** The state after an event. Pure; the event is one that `decideHandoff` accepted. @beta */
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

/** The state of a hand-off after its log, oldest event first. @beta */
export function replayHandoff(id: string, log: readonly HandoffEvent[]): HandoffState {
  return log.reduce(applyHandoffEvent, initialHandoff(id));
}

function changed({ now, before }: HandoffState, event: HandoffEvent): Handoff | null {
  const { action, at } = event;
  if (action.type === 'handoff.undo') return before;
  if (action.type === 'handoff.draft' || action.type === 'handoff.reenter') return made(event, action);
  if (now === null) return null;
  const transition = TRANSITIONS[action.type];
  const seller = sellerAfter(now, event);
  const turnedAt = action.type === 'handoff.logResponse' ? (action.payload.at ?? at) : at;
  const clocks = turned(now.clocks, transition, turnedAt, seller);
  return filled(now, { status: transition.to ?? now.status, seller, clocks }, event, action);
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
    clocks: {
      systemLatency: started(null, inquiryAt, null),
      acceptance: null,
      firstResponse: null,
      disposition: null,
      marketingFix: null,
      recycleReview: null,
    },
    holds: [],
    outcome: null,
  };
}

type Changing = Exclude<HandoffAction, Made | { type: 'handoff.undo' }>;

/** Who has it after an event. */
function sellerAfter({ seller }: Handoff, { action, by }: HandoffEvent): string | null {
  switch (action.type) {
    case 'handoff.offer':
    case 'handoff.reassign':
      return action.payload.seller ?? null;
    // Who returned it gets it back first, so a lead nobody had accepted is now with that seller.
    case 'handoff.accept':
    case 'handoff.return':
      return by.id;
    case 'handoff.release':
      return null;
    default:
      return seller;
  }
}

/** The next state. Each kind is one literal, since the engine copies those fastest. */
function filled(
  now: Handoff,
  { status, seller, clocks }: Pick<Handoff, 'status' | 'seller' | 'clocks'>,
  { at, by }: HandoffEvent,
  action: Changing,
): Handoff {
  const end = (reason: string, more: Partial<Outcome> = {}): Handoff => ({
    ...now,
    status,
    clocks,
    outcome: { by, at, reason, text: null, reviewOn: null, reentry: null, survivor: null, ...more },
  });
  switch (action.type) {
    case 'handoff.offer':
      return { ...now, status, seller, clocks, pool: action.payload.pool ?? null, offeredAt: at };
    case 'handoff.accept':
      return { ...now, status, seller, clocks, acceptedAt: at };
    case 'handoff.return':
      return { ...now, status, seller, clocks, missing: action.payload.missing, returns: now.returns + 1 };
    case 'handoff.resubmit':
      return { ...now, status, clocks, attempt: now.attempt + 1, offeredAt: at };
    case 'handoff.reassign':
      return { ...now, status, seller, clocks, ownerAttempt: now.ownerAttempt + 1 };
    case 'handoff.logResponse':
      return { ...now, status, clocks, respondedAt: now.respondedAt ?? action.payload.at ?? at };
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
      const releasedBy = now.seller === null ? now.releasedBy : [...now.releasedBy, now.seller];
      return { ...now, status, seller, clocks, releasedBy, pool: action.payload.pool ?? now.pool };
    }
    case 'handoff.pause': {
      const { reason, until = null } = action.payload;
      return { ...now, holds: [...now.holds, { reason, from: at, to: until }] };
    }
    case 'handoff.resume':
      return { ...now, holds: now.holds.map((hold) => (endsAfter(hold.to, at) ? { ...hold, to: at } : hold)) };
    case 'handoff.timeout':
    case 'handoff.review':
      return { ...now, status, clocks };
    case 'handoff.note':
      return now;
  }
}

/** Whether a standstill lasts beyond an instant. */
export function endsAfter(end: string | null, at: string): boolean {
  return end === null || Date.parse(end) > Date.parse(at);
}

/** Turns the clocks as a transition says. Stops come before starts. */
function turned(
  clocks: Clocks,
  { starts, stops, pauses, resumes }: Transition,
  at: string,
  seller: string | null,
): Clocks {
  if (starts === undefined && stops === undefined && pauses === undefined) return clocks;
  const next: Record<ClockKey, Clock | null> = { ...clocks };
  const turn = (keys: readonly ClockKey[], change: (clock: Clock, at: string) => Clock): void => {
    for (const key of keys) {
      const clock = next[key];
      if (isRunning(clock)) next[key] = change(clock, at);
    }
  };
  if (stops !== undefined) turn(stops, stopped);
  if (pauses !== undefined) turn(pauses, paused);
  if (resumes !== undefined) turn(resumes, resumed);
  for (const key of starts ?? []) next[key] = started(next[key], at, ownerOf(key, seller));
  return next;
}

/** Clocks of sales count for a seller, those of marketing for the team. */
function ownerOf(key: ClockKey, seller: string | null): string | null {
  return key === 'marketingFix' || key === 'recycleReview' ? null : seller;
}
