/** English words of what opens below the chart of a funnel, apart from the others since they are loaded later. */
export const funnelDetail = {
  tag: 'en',
  behind: {
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
    whoTheyAre: 'Who they are',
    recordsOf: (stage: string) => `Records at ${stage}`,
    all: 'All',
    pastPromise: 'Past the promise',
    record: 'Record',
    enteredOn: 'Entered',
    shown: (n: string, total: string) => `${n} of ${total}`,
    showMore: 'Show more',
    detailsAsked: 'Asking for the details…',
    noDetails: 'The source of this page tells no more than the chart.',
  },
};

/** Words of the panel of a funnel. */
export type BehindWords = (typeof funnelDetail)['behind'];
