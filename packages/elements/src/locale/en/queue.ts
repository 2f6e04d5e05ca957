import type { ClockFace, HandoffRow, HandoffSort, HandoffView } from '@sama/metrics/contracts';
import { core } from './core.ts';

const queueViews: Record<HandoffView, string> = {
  mine: 'Mine',
  team: 'Team',
  returned: 'Returned',
  breached: 'Breached',
  all: 'All',
};
const sorts: Record<HandoffSort, string> = {
  rating: 'rating, then due',
  due: 'due',
  newest: 'last change',
};
const clockActs: Record<ClockFace['clock'], string> = {
  systemLatency: 'Offer',
  acceptance: 'Decide',
  firstResponse: 'Respond',
  disposition: 'Qualify or close',
  marketingFix: 'Complete',
  recycleReview: 'Review',
};
const statuses: Record<HandoffRow['status'], string> = {
  draft: 'Draft',
  offered: 'Offered',
  accepted: 'Accepted',
  working: 'Being worked',
  returned: 'Returned',
  expired: 'Expired',
  qualified: 'Qualified',
  recycled: 'Recycled',
  disqualified: 'Disqualified',
  withdrawn: 'Withdrawn',
  merged: 'Merged',
};
/** What a button says. */
const acts: Record<string, string> = {
  offer: 'Offer',
  accept: 'Accept',
  resubmit: 'Send again',
  logResponse: 'Log a contact',
  qualify: 'Qualify',
  return: 'Return',
  recycle: 'Recycle',
  disqualify: 'Disqualify',
  release: 'Release',
  withdraw: 'Withdraw',
  reassign: 'Reassign',
  pause: 'Pause the clock',
  resume: 'Resume the clock',
  review: 'Reviewed',
  note: 'Note',
  undo: 'Undo',
};
/** What was done, before a name or “by”. */
const past: Record<string, string> = {
  draft: 'Prepared',
  reenter: 'Opened again',
  offer: 'Offered',
  accept: 'Accepted',
  return: 'Returned',
  resubmit: 'Sent again',
  timeout: 'Expired',
  reassign: 'Reassigned',
  logResponse: 'Contacted',
  qualify: 'Qualified',
  recycle: 'Recycled',
  disqualify: 'Disqualified',
  withdraw: 'Withdrawn',
  merge: 'Merged',
  release: 'Released',
  undo: 'Taken back',
  pause: 'Clock paused',
  resume: 'Clock resumed',
  review: 'Reviewed',
  note: 'Noted',
};
const consents: Record<string, string> = { given: 'consent given', denied: 'no consent', unknown: 'consent unknown' };

/** English words of the queue of hand-offs. */
export const queue = {
  ...core,
  queue: 'Hand-off queue',
  queueViews,
  viewTabs: 'Views',
  filter: 'Filter',
  keyList: 'Keys',
  backToQueue: 'Back to the queue',
  sorts,
  sortedBy: (sort: string) => `Sorted by ${sort}`,
  clearIt: 'Clear',
  live: 'Live',
  timesIn: (zone: string) => `Times in ${zone}`,
  listOf: (view: string, n: number, count: string) => `${view}: ${count} ${n === 1 ? 'hand-off' : 'hand-offs'}`,
  queueSummary: (title: string, view: string, n: number, late: number, count: (n: number) => string) =>
    `${title}, ${view}: ${count(n)} ${n === 1 ? 'hand-off' : 'hand-offs'}.${late === 0 ? '' : ` ${count(late)} in all over ${late === 1 ? 'its' : 'their'} time.`}`,
  emptyViews: {
    mine: 'Nothing waits for you.',
    team: 'Nothing waits for your team.',
    returned: 'Nothing was returned.',
    breached: 'Nothing is over its time.',
    all: 'There are no hand-offs yet. They appear with the first lead that is handed over.',
  } satisfies Record<HandoffView, string>,
  nothingFits: 'No hand-off fits this filter.',
  nameHidden: 'Name hidden',
  noName: 'No name',
  namesHidden: 'Names and contact data are hidden from you.',
  unrated: 'not rated',
  awaited: 'Loading',
  statuses,
  // Clocks
  clockActs,
  clockPaused: 'clock paused',
  noDue: 'no due time',
  dueIn: (span: string) => `due in ${span}`,
  dueAt: (when: string) => `due ${when}`,
  overdueBy: (span: string) => `overdue by ${span}`,
  actIn: (act: string, span: string, at: string) => `${act} in ${span}, by ${at}`,
  actBy: (act: string, at: string) => `${act} by ${at}`,
  actOverdue: (act: string, span: string, at: string) => `${act}: overdue by ${span}, was due ${at}`,
  actPaused: (act: string) => `${act}: the clock stands still`,
  actSometime: (act: string) => `${act}: no due time`,
  there: (time: string, open: boolean | undefined) =>
    `${time} there${open === undefined ? '' : open ? ', open' : ', closed'}`,
  nowOverdue: (name: string) => `${name} is overdue.`,
  nowAtRisk: (name: string, due: string) => `${name}: ${due}.`,
  // Detail
  people: (n: string) => `${n} people`,
  whyRating: (rating: string) => (rating === '' ? 'Why' : `Why ${rating}`),
  lastTouches: 'Last touches',
  source: 'Source',
  account: 'Account',
  contact: 'Contact',
  suggested: 'Suggested',
  askFirst: 'Ask first',
  returnedFor: 'Returned for',
  earlier: 'Earlier',
  accountOwner: (name: string) => `Owner ${name}`,
  noAccountOwner: 'No owner',
  otherPeople: (n: number, count: string) =>
    n === 0 ? 'nobody else known' : n === 1 ? '1 other person known' : `${count} other people known`,
  openDeals: (n: number, count: string) =>
    n === 0 ? 'no open opportunity' : n === 1 ? '1 open opportunity' : `${count} open opportunities`,
  consents,
  prefers: (channel: string) => `prefers ${channel}`,
  lacking: (what: string) => `${what} missing`,
  withWhom: 'With',
  inPool: (pool: string) => `pool ${pool}`,
  completed: 'completed',
  waived: 'waived',
  notAnswered: 'open',
  cycleNo: (n: number, count: string) =>
    n <= 1 ? 'First hand-off of this person.' : `Hand-off ${count} of this person.`,
  logOf: (n: number, count: string) => `Log of ${count} ${n === 1 ? 'event' : 'events'}`,
  logLine: (what: string, name: string) => `${what} by ${name}`,
  wasUndone: 'taken back',
  notNow: 'Not possible now',
  // Acting
  acts,
  past,
  takenBy: (what: string, name: string, ago: string) => `${what} by ${name} ${ago}`,
  offlineNow: 'No connection: what you see may be old, and nothing can be sent.',
  // Several at once
  safeOnly: 'Accept, reassign and note work on several. The others want a look at each.',
  // Returns
  returnsHead: (n: number, count: string) => `${count} ${n === 1 ? 'return' : 'returns'}`,
  returnsFinding: (share: string, label: string) => `Most lack: ${label} (${share}).`,
};

export type QueueWords = typeof queue;
