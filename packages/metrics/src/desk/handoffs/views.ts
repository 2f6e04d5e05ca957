import type { Criteria, HandoffFilter, Scalar } from '../../contracts/index.ts';
import { compileCriteria } from '../../criteria/index.ts';
import { plainWord, tokensOf } from '../../glossary/words/index.ts';
import type { Handoff } from '../../handoff/machine/state.ts';
import type { Desk } from '../desk.ts';
import { readCard } from '../facts.ts';
import type { Asking } from '../reader.ts';
import type { Entries, Entry } from './entries.ts';
import { poolsOf } from './people.ts';

type Test = (entry: Entry) => boolean;

/** Which hand-offs stand in a view, of those that do not change as time passes. */
export function viewTests(desk: Desk, { reader }: Asking): Readonly<Record<'mine' | 'team' | 'returned', Test>> {
  const pools = new Set<string | null>(reader === undefined ? [] : poolsOf(desk, reader.id));
  return {
    mine: ({ open, now }) => reader !== undefined && open && isOf(now, reader.id, pools),
    team: ({ open, now }) => open && (reader === undefined || isOfTeam(now, reader.team)),
    returned: ({ now }) => now.status === 'returned',
  };
}

const isMarketings = ({ status }: Handoff): boolean => status === 'draft' || status === 'returned';

/** What this person has to act on: a draft or return of theirs, what they have in hand, or an offer to their pool. */
function isOf(now: Handoff, id: string, pools: ReadonlySet<string | null>): boolean {
  if (isMarketings(now)) return now.preparedBy.id === id;
  if (now.seller === id) return true;
  const free = now.status === 'expired' || (now.status === 'offered' && now.seller === null);
  return free && pools.has(now.pool);
}

/** Marketing and sales see what waits for their team, others what waits for either. */
function isOfTeam(now: Handoff, team: string): boolean {
  if (team === 'marketing') return isMarketings(now);
  return team === 'sales' ? !isMarketings(now) : true;
}

/** The rows a reader may see. Absent criteria let everything pass. */
export function permitted(
  rows: Criteria | undefined,
  entries: readonly Entry[],
  desk: Desk,
  asking: Asking,
): readonly Entry[] {
  if (rows === undefined) return entries;
  const read = (field: string) => (i: number) => {
    const entry = entries[i];
    return entry === undefined ? undefined : fieldOf(entry, field, desk);
  };
  const test = compileCriteria(rows, read, { asOf: Date.parse(asking.at), timeZone: asking.timeZone });
  return entries.filter((_, i) => test(i));
}

/** Whether a reader may have to do with a person of whom there is no hand-off yet. */
export function mayMeet(rows: Criteria | undefined, personId: string, desk: Desk, asking: Asking): boolean {
  if (rows === undefined) return true;
  const card = desk.lead(personId);
  const read = (field: string) => () =>
    field === 'id' || field === 'personId' ? personId : card === undefined ? undefined : readCard(card, field);
  return compileCriteria(rows, read, { asOf: Date.parse(asking.at), timeZone: asking.timeZone })(0);
}

/** A hand-off's own fields by the names records have, then those of the lead. */
function fieldOf({ now }: Entry, field: string, desk: Desk): Scalar | undefined {
  switch (field) {
    case 'id':
    case 'personId':
      return now.personId;
    case 'accountId':
      return now.accountId;
    case 'campaignId':
      return now.campaignId;
    case 'owner':
      return now.seller;
    default: {
      const card = desk.lead(now.personId);
      return card === undefined ? undefined : readCard(card, field);
    }
  }
}

/** Which entries fit a filter; null where there is none. */
export function filterTest(filter: HandoffFilter | undefined, entries: Entries, masked: boolean): Test | null {
  if (filter === undefined) return null;
  const tests: Test[] = [];
  const oneOf = (list: readonly string[] | undefined, value: (now: Handoff) => string | null): void => {
    if (list === undefined) return;
    const set = new Set<string | null>(list);
    tests.push(({ now }) => set.has(value(now)));
  };
  oneOf(filter.ratings, (now) => now.rating);
  oneOf(filter.statuses, (now) => now.status);
  oneOf(filter.sources, (now) => now.source);
  oneOf(filter.campaigns, (now) => now.campaignId);
  oneOf(filter.pools, (now) => now.pool);
  oneOf(filter.sellers, (now) => now.seller);
  const wanted = tokensOf(filter.text ?? '').map(({ text }) => plainWord(text));
  if (wanted.length > 0) {
    tests.push(({ now }) => {
      const words = entries.words(now, masked);
      return wanted.every((start) => words.some((word) => word.startsWith(start)));
    });
  }
  return (entry) => tests.every((test) => test(entry));
}
