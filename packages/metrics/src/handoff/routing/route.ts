import { compileCriteria } from '../../criteria/evaluate.ts';
import type { Criteria } from '../../contracts/criteria.ts';
import type { RoutedAccount, RoutedLead, RoutingRules, RoutingState, Staff, Target } from '../contracts/index.ts';
import type { HandoffLookup, Suppression } from '../decide/context.ts';
import { awayFault, fullFault } from '../decide/who.ts';
import { domainKey } from '../identity/keys.ts';
import type { PersonIndex } from '../identity/match.ts';
import type { Calendars } from '../sla/reading.ts';
import { accountOf, companyDomain, type AccountMatch } from './account.ts';
import { nextTurn } from './turns.ts';

/** What routing looks at beside the lead and the rules. @beta */
export interface RoutingWorld {
  /** ISO instant. */
  at: string;
  timeZone: string;
  staff: Staff;
  accounts: readonly RoutedAccount[];
  people: Pick<PersonIndex, 'match'>;
  others: Pick<HandoffLookup, 'openOf'>;
  /** Without a calendar a seller is taken to work at any time. */
  calendars: Calendars;
}

/** The rules of routing, in the order in which they are asked. @beta */
export type RouteRule =
  | 'suppression'
  | 'duplicate'
  | 'account'
  | 'territory'
  | 'segment'
  | 'lane'
  | 'roundRobin'
  | 'fallback';

/** One rule of the path, what came of it and why. @beta */
export interface RouteStep {
  rule: RouteRule;
  matched: boolean;
  because: string;
}

/** Where a lead goes. @beta */
export type RouteTarget =
  | { to: 'seller'; seller: string; pool: string | null }
  | { to: 'fallback'; pool: string; owner: string; target: Target }
  /** Add the touch to this hand-off and raise its priority; it is not offered twice. */
  | { to: 'handoff'; handoff: string }
  | { to: 'nobody'; suppressedBy: Suppression; team: 'customer-success' | null };

/** Where a lead goes, and the rules that led there. @beta */
export interface Route {
  lead: string;
  target: RouteTarget;
  accountId: string | null;
  path: RouteStep[];
  /** The state once the offer is made. Keep it only then. */
  next: RoutingState;
}

/** Nobody has had a turn yet. @beta */
export const NO_TURNS: RoutingState = { turns: {}, load: {} };

/**
 * Routes a lead: suppression, duplicates, the owner of an open opportunity or account, territory, segment, lane of
 * its rating, weighted round robin, else the fallback queue. The same rules, world and state give the same route.
 * Rules are those `readRoutingRules` gave.
 * @beta
 */
export function routeLead(lead: RoutedLead, rules: RoutingRules, world: RoutingWorld, state: RoutingState): Route {
  const path: RouteStep[] = [];
  const note = (rule: RouteRule, matched: boolean, because: string): void => void path.push({ rule, matched, because });
  const match = accountOf(lead, world.accounts, rules);
  const end = (target: RouteTarget, next: RoutingState = state): Route => ({
    lead: lead.id,
    target,
    accountId: match.account?.id ?? null,
    path,
    next,
  });

  const suppressed = suppression(lead, match, rules);
  note('suppression', suppressed !== null, suppressed ?? 'no customer, competitor or opt-out');
  if (suppressed !== null)
    return end({ to: 'nobody', suppressedBy: suppressed, team: suppressed === 'customer' ? 'customer-success' : null });

  const known = world.people.match(lead);
  const handoff = [lead.id, ...known.same].flatMap((person) => world.others.openOf(person))[0];
  note('duplicate', handoff !== undefined, handoff === undefined ? 'no open hand-off' : `the open hand-off ${handoff}`);
  if (handoff !== undefined) return end({ to: 'handoff', handoff });

  const owner = ownerFor(match, world, state);
  note('account', owner.seller !== null, owner.because);
  if (owner.seller !== null) return end({ to: 'seller', seller: owner.seller, pool: null }, taken(state, owner.seller));

  const holds = (when: Criteria): boolean =>
    compileCriteria(when, (field) => () => fieldOf(lead, field), {
      asOf: Date.parse(world.at),
      timeZone: world.timeZone,
    })(0);
  const territory = rules.territories?.find(({ when }) => holds(when));
  note('territory', territory !== undefined, territory?.id ?? 'none fits');
  if (territory?.seller !== undefined) {
    const fault = sellerFault(territory.seller, world, state);
    if (fault === null)
      return end({ to: 'seller', seller: territory.seller, pool: null }, taken(state, territory.seller));
    note('territory', false, `${territory.seller} ${fault}`);
  }
  let pool = territory?.pool;
  if (pool === undefined) {
    const segment = rules.segments?.find(({ when }) => holds(when));
    note('segment', segment !== undefined, segment?.id ?? 'none fits');
    pool = segment?.pool;
  }
  const { rating } = lead;
  const lane = rules.lanes?.find(
    ({ ratings, of }) =>
      rating !== undefined &&
      ratings.includes(rating) &&
      (of === undefined || (pool !== undefined && of.includes(pool))),
  );
  note('lane', lane !== undefined, lane?.id ?? `none for ${rating ?? 'no rating'}`);
  pool = lane?.pool ?? pool;

  const members = world.staff.pools.find((one) => one.id === pool);
  if (members !== undefined) {
    const { at, calendars } = world;
    const turn = nextTurn(members, world.staff.sellers, { state, calendars, at, seed: rules.seed ?? 0 });
    const passed = turn.passed.map(({ seller, because }) => `${seller} ${because}`).join(', ');
    note(
      'roundRobin',
      turn.seller !== null,
      [turn.seller ?? `nobody in ${members.id}`, passed].filter(Boolean).join('; '),
    );
    if (turn.seller !== null) {
      const moved = { ...state, turns: { ...state.turns, [members.id]: { ...turn.turns } } };
      return end({ to: 'seller', seller: turn.seller, pool: members.id }, taken(moved, turn.seller));
    }
  } else note('roundRobin', false, 'no pool');
  note('fallback', true, rules.fallback.pool);
  return end({ to: 'fallback', ...rules.fallback });
}

function suppression(lead: RoutedLead, { account }: AccountMatch, rules: RoutingRules): Suppression | null {
  if (lead.optedOut === true) return 'opt-out';
  const domain = companyDomain(lead, rules);
  const isOf = (text: string): boolean => {
    const competitor = domainKey(text);
    return competitor !== null && (domain === competitor || domain?.endsWith(`.${competitor}`) === true);
  };
  if (rules.competitors?.some(isOf) === true) return 'competitor';
  return account?.customer === true ? 'customer' : null;
}

/** The owner of the open opportunity, who talks with the company now, else that of the account. */
function ownerFor({ account, because }: AccountMatch, world: RoutingWorld, state: RoutingState) {
  if (account === null) return { seller: null, because };
  const owners = new Set([account.openOpportunity?.owner, account.owner].filter((owner) => owner !== undefined));
  if (owners.size === 0) return { seller: null, because: `${because}, without an owner` };
  const passed: string[] = [];
  for (const owner of owners) {
    const fault = sellerFault(owner, world, state);
    if (fault === null) return { seller: owner, because: [because, ...passed, `of ${owner}`].join(', ') };
    passed.push(`of ${owner}, who ${fault}`);
  }
  return { seller: null, because: [because, ...passed].join(', ') };
}

function sellerFault(id: string, { staff, at }: RoutingWorld, { load }: RoutingState): string | null {
  const seller = staff.sellers.find((one) => one.id === id);
  return seller === undefined ? 'is not known' : (awayFault(seller, at) ?? fullFault(seller, load[id] ?? 0));
}

function taken(state: RoutingState, seller: string): RoutingState {
  return { ...state, load: { ...state.load, [seller]: (state.load[seller] ?? 0) + 1 } };
}

function fieldOf(lead: RoutedLead, field: string) {
  if (field === 'id') return lead.id;
  const name = field.slice('attributes.'.length);
  return field.startsWith('attributes.') && Object.hasOwn(lead.attributes, name) ? lead.attributes[name] : undefined;
}
