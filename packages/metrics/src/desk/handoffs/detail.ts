import type { HandoffDetail, LeadCard } from '../../contracts/index.ts';
import type { Reason } from '../../handoff/contracts/index.ts';
import { unavailable } from '../../handoff/decide/who.ts';
import type { Handoff } from '../../handoff/machine/state.ts';
import { SHARED_REASONS } from '../../handoff/reasons.ts';
import { clockReadings } from '../../handoff/sla/reading.ts';
import { compileCalendar, durationMs, type BusinessTime } from '../../time/index.ts';
import type { Desk } from '../desk.ts';
import { factsOf } from '../facts.ts';
import { isMasked, type Asking } from '../reader.ts';
import { actionsFor } from './actions.ts';
import type { Entries, Entry } from './entries.ts';
import { dueOf, faceOf } from './faces.ts';
import { headOf } from './list.ts';
import { elementOf, labelOf, logLines, ownIf } from './log-lines.ts';
import { poolNamed, readerOf } from './people.ts';

/** Everything about one hand-off that this reader may see. */
export function handoffDetail(entry: Entry, desk: Desk, entries: Entries, asking: Asking): HandoffDetail {
  const { id, state, now } = entry;
  const masked = isMasked(asking);
  const card = desk.lead(now.personId);
  const actions = actionsFor(state, desk, asking);
  return {
    kind: 'handoffs',
    show: 'detail',
    ledger: desk.version,
    ...(asking.reader === undefined ? {} : { me: readerOf(asking.reader) }),
    masked,
    ...headOf(id, entry, desk),
    cycle: now.cycle,
    attempt: now.attempt,
    returns: now.returns,
    person: personOf(now.personId, card, masked, desk, asking.at),
    company: companyOf(card),
    quote: masked ? null : (card?.quote ?? null),
    opening: card?.opening ?? null,
    asset: card?.asset ?? null,
    source: card?.source ?? now.source,
    campaign: card?.campaign ?? now.campaignId,
    reasons: card?.reasons ?? [],
    touches: card?.touches ?? [],
    elements: elementsOf(card, desk),
    missing: missingOf(id, now, desk),
    clocks: clocksOf(now, desk, asking.at),
    actions,
    choices: choicesOf(now, desk, asking.at),
    undo: undoOf(entry, actions.find(({ name }) => name === 'undo')?.allowed === true, desk),
    outcome: outcomeOf(now, desk),
    previous: previousOf(id, now, desk, entries),
    log: logLines(id, desk.log(id), desk.policy),
  };
}

function personOf(
  id: string,
  card: LeadCard | undefined,
  masked: boolean,
  desk: Desk,
  at: string,
): HandoffDetail['person'] {
  const personal = masked ? undefined : card;
  const { timeZone = null, role = null, channel = null, consent = null } = card ?? {};
  const { name = null, email = null, phone = null } = personal ?? {};
  return { id, name, role, email, phone, channel, consent, timeZone, open: openThere(timeZone, desk, at) };
}

const hoursThere = new WeakMap<BusinessTime, Map<string, BusinessTime>>();

/** Whether it is open where the lead is, by the hours of leads in the zone of this one. */
function openThere(timeZone: string | null, { calendars }: Desk, at: string): HandoffDetail['person']['open'] {
  const { lead } = calendars;
  if (lead === undefined || timeZone === null) return null;
  const zones = hoursThere.get(lead) ?? new Map<string, BusinessTime>();
  hoursThere.set(lead, zones);
  let hours = zones.get(timeZone);
  if (hours === undefined) {
    hours = compileCalendar({ ...lead.calendar, timeZone });
    zones.set(timeZone, hours);
  }
  const opens = hours.nextOpen(Date.parse(at));
  const now = opens === Date.parse(at);
  return { now, opensAt: now || opens === null ? null : new Date(opens).toISOString() };
}

function companyOf(card: LeadCard | undefined): HandoffDetail['company'] {
  if (card?.company === undefined) return null;
  const { name, industry, size, country, owner, openOpportunities, otherPeople } = card.company;
  return {
    name,
    industry: industry ?? null,
    size: size ?? null,
    country: country ?? null,
    owner: owner ?? null,
    openOpportunities: openOpportunities ?? null,
    otherPeople: otherPeople ?? null,
  };
}

/** What the list of returns asks for by a field, and whether the lead shows it. */
function elementsOf(card: LeadCard | undefined, { policy }: Desk): HandoffDetail['elements'] {
  const read = card === undefined ? () => undefined : factsOf(card).read;
  return policy.reasons.return.reasons.flatMap(({ code, asks }) => {
    if (asks?.field === undefined) return [];
    const value = read(asks.field);
    const own = ownIf(SHARED_REASONS.get(code)?.asks?.label !== asks.label);
    return [
      { element: code, label: asks.label, ...own, present: value !== undefined && value !== null && value !== '' },
    ];
  });
}

/** What the last return asked for, with what marketing answered since. */
function missingOf(id: string, { missing, status }: Handoff, desk: Desk): HandoffDetail['missing'] {
  const resubmit = desk.log(id).findLast(({ action }) => action.type === 'handoff.resubmit')?.action;
  const answers = status !== 'returned' && resubmit?.type === 'handoff.resubmit' ? resubmit.payload.answers : [];
  return missing.map((one) => {
    const answer = answers.find(({ element }) => element === one.element)?.answer;
    return { ...elementOf(one, desk.policy), ...(answer === undefined ? {} : { answer }) };
  });
}

function clocksOf(now: Handoff, desk: Desk, at: string): HandoffDetail['clocks'] {
  const { policy, calendars } = desk;
  return clockReadings(now, { policy, calendars, at }).map(({ clock, handoff, owner }) => {
    const { since, used, target } = owner ?? handoff;
    return { ...faceOf(now, dueOf(now, clock, desk), at), since, usedMs: used.value, targetMs: target.value };
  });
}

function choicesOf(now: Handoff, desk: Desk, at: string): HandoffDetail['choices'] {
  const { policy, staff, book } = desk;
  const choice = ({ code, label, needs, asks }: Reason): HandoffDetail['choices']['return'][number] => ({
    code,
    label,
    ...(asks === undefined ? {} : { asks: asks.label }),
    ...ownIf(SHARED_REASONS.get(code)?.label !== label || SHARED_REASONS.get(code)?.asks?.label !== asks?.label),
    ...(needs === undefined ? {} : { needs }),
  });
  return {
    return: policy.reasons.return.reasons.map(choice),
    recycle: policy.reasons.recycle.reasons.map(choice),
    disqualify: policy.reasons.disqualify.reasons.map(choice),
    sellers: staff.sellers
      .filter(({ id }) => id !== now.seller)
      .map((seller) => {
        const refusal = unavailable(seller, at, book);
        return { id: seller.id, name: seller.name ?? seller.id, ...(refusal === null ? {} : { refusal }) };
      }),
    pools: staff.pools.map(({ id }) => poolNamed(desk, id)),
  };
}

function undoOf({ state }: Entry, allowed: boolean, { policy }: Desk): HandoffDetail['undo'] {
  if (!allowed || state.last === null || state.lastType === null) return null;
  const until = Date.parse(state.last.at) + durationMs(policy.undoWithin);
  return { type: state.lastType.slice('handoff.'.length), until: new Date(until).toISOString() };
}

function outcomeOf({ status, outcome }: Handoff, { policy }: Desk): HandoffDetail['outcome'] {
  if (outcome === null) return null;
  const { reason, text, reviewOn, reentry, survivor } = outcome;
  const label =
    status === 'recycled' || status === 'disqualified' ? labelOf(reason, LIST[status], policy) : { label: reason };
  return { reason, ...label, text, reviewOn, reentry, survivor };
}

const LIST = { recycled: 'recycle', disqualified: 'disqualify' } as const;

/** Earlier hand-offs of the same person, newest first. */
function previousOf(id: string, now: Handoff, desk: Desk, entries: Entries): HandoffDetail['previous'] {
  const found: HandoffDetail['previous'] = [];
  const seen = new Set([id]);
  for (let before = now.previous; before !== null && !seen.has(before);) {
    seen.add(before);
    const entry = entries.get(before);
    if (entry === undefined) break;
    const { cycle, status, outcome, inquiryAt } = entry.now;
    const ended = outcomeOf(entry.now, desk);
    const why = { reason: ended?.label ?? null, code: ended?.reason ?? null, ...ownIf(ended?.own === true) };
    found.push({ id: before, cycle, status, ...why, at: outcome?.at ?? entry.state.last?.at ?? inquiryAt });
    before = entry.now.previous;
  }
  return found;
}
