import { causeMessages, nullReasonMessages } from '@sama/metrics/messages';
import { handOut } from './hand-out.ts';

/** By code: the English ones come with the answers. */
const names: Record<string, string> = {};

/** English words of the menu, the table and what opens below the chart of a funnel, apart from the others since they are loaded later. */
export const funnelDetail = {
  ...handOut,
  tag: 'en',
  reasons: nullReasonMessages,
  imputed: 'Inferred',
  median: 'Median time',
  lost: 'Lost',
  disqualified: 'Disqualified',
  behind: {
    /** Of Sama's own reasons. */
    reasonNames: names,
    /** What a lead has to show for the reasons of a return. */
    askNames: names,
    /** Ways to reach a person. */
    channelNames: names,
    close: 'Close',
    fromTo: (from: string, to: string) => `From ${from} to ${to}`,
    whatBecame: (n: string, stage: string) => `What became of the ${n} at ${stage}`,
    outcome: 'Outcome',
    shareOf: (stage: string) => `Share of ${stage}`,
    undecided: (n: number, text: string, stage: string) =>
      `${text} ${n === 1 ? 'is' : 'are'} still undecided at ${stage}.`,
    overdue: (n: number, text: string) => `${text} of them ${n === 1 ? 'is' : 'are'} past the promise.`,
    unowned: (n: number, text: string) => `${text} of them ${n === 1 ? 'has' : 'have'} no owner.`,
    onlyCounted: 'This view counts; what became of people is known in the cohort view.',
    stay: (stage: string) => `How long people stay at ${stage}`,
    stayText: (share: string, stage: string, days: string) => `${share} are still at ${stage} after ${days}.`,
    stayShare: 'Still there',
    conversion: (stage: string) => `When people reach ${stage}`,
    conversionText: (share: string, stage: string, days: string) => `${share} have reached ${stage} by ${days}.`,
    conversionShare: 'Reached',
    after: 'After',
    stillFollowed: 'Followed until then',
    asTable: 'As a table',
    tooFewFollowed: (n: string) => `${n} are too few for a curve.`,
    methodStay: 'Kaplan–Meier: who is still there is followed until now and then left out.',
    methodConversion: 'Aalen–Johansen: who is lost or disqualified can no longer convert.',
    reasons: (kind: string, n: string) => `Reasons: ${kind} (${n})`,
    reason: 'Reason',
    together: 'Together',
    noReason: 'No reason given',
    otherReasons: 'Other reasons',
    anyReason: 'Any reason',
    nobodys: 'without an owner',
    happened: 'What happened in this time',
    kinds: {
      event: 'Event',
      campaign: 'Campaign',
      'definition-break': 'Definition changed',
      holiday: 'Holiday',
      decision: 'Decision',
    },
    day: 'Day',
    kind: 'Kind',
    note: 'What happened',
    decoration: 'Decoration: only the upper edges are to scale',
    broken: 'Before and after it, the numbers do not mean the same.',
    whoTheyAre: 'Who they are',
    recordsOf: (stage: string) => `Records at ${stage}`,
    all: 'All',
    pastPromise: 'Past the promise',
    record: 'Record',
    enteredOn: 'Entered',
    shown: (n: string, total: string) => `${n} of ${total}`,
    showMore: 'Show more',
    detailsAsked: 'Asking for the details…',
    whyDiffers: 'Why does this differ?',
    asHere: (setting: string) => `as here: ${setting}`,
    version: 'Version',
    myNumber: 'My number',
    notSo: 'It cannot be counted like that. Choose otherwise.',
    chooseOther: 'Choose how the other number is counted, or enter the number itself.',
    differs: (here: string, other: string, difference: string) =>
      `${here} here, ${other} there: a difference of ${difference}.`,
    setting: 'Reason',
    adds: 'Adds',
    becomes: 'Then',
    shownHere: 'In this chart',
    other: 'The other number',
    noSetting: 'no setting accounts for it',
    everybody: 'all',
    none: 'none',
    added: (n: string) => `${n} more:`,
    removed: (n: string) => `${n} fewer:`,
    causes: causeMessages,
    noDetails: 'The source of this page tells no more than the chart.',
  },
};

/** Words of the panel of a funnel. */
export type BehindWords = (typeof funnelDetail)['behind'];
