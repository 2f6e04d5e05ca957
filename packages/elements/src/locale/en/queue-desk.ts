import { handOut } from './hand-out.ts';

/** What keys do that is no action and has no name elsewhere. */
const keyActs = {
  down: 'Next lead',
  up: 'Lead before',
  mark: 'Mark for several at once',
};
const activities: Record<string, string> = { call: 'Call', email: 'E-mail', meeting: 'Meeting', message: 'Message' };

/** English words of what a queue loads when it is wanted: the filter, the keys, what decisions ask, what is said of what was done, and the file. */
export const queueDesk = {
  ...handOut,
  pickSeveral: 'Select several',
  stopPicking: 'Stop selecting',
  // Filter
  searchLabel: 'Name, role or company',
  ratingLabel: 'Rating',
  anyRating: 'Any rating',
  grade: (grade: string) => `${grade} only`,
  sortLabel: 'Sorted by',
  // Forms
  whatIsMissing: 'What is missing?',
  returnHint: 'Marketing gets this back with what you ask for.',
  returnTo: 'Return to marketing',
  helpText: 'What would help',
  reasonLabel: 'Reason',
  chooseOne: 'Choose one',
  wordsLabel: 'In your words',
  wordsOptional: 'In your words (optional)',
  reviewLabel: 'Look again on',
  recycleHint: 'It goes back to nurture until the day you say.',
  disqualifyHint: 'It is not pursued at all.',
  sellerLabel: 'To whom',
  cannotTake: (name: string, why: string) => `${name}: ${why}`,
  noteLabel: 'For whoever comes next',
  noteHint: 'No contact data here: the log cannot forget.',
  activityLabel: 'How',
  activities,
  untilLabel: 'Until',
  resubmitHint: 'Say of each whether it is there now. What is waived needs a reason.',
  whyWaived: 'Why, or where it is',
  tickOne: 'Tick at least one.',
  needsWords: 'Say it in words.',
  cancelIt: 'Cancel',
  // Returns
  returnsCaption: 'Why hand-offs were returned',
  reasonHead: 'Reason',
  timesHead: 'Times',
  shareOfReturns: 'Of returns',
  cumulativeHead: 'Running total',
  tooManyOther: 'More than a tenth of the returns say “other”: the list lacks a reason.',
  // CSV
  csvHeads: ['Name', 'Role', 'Company', 'Rating', 'Status', 'Why now', 'Due', 'Overdue', 'With'],
  yes: 'yes',
  no: 'no',
  // Acting
  didOne: (what: string, name: string, type: string) =>
    type === 'return' ? `${what} ${name} to marketing` : `${what} ${name}`,
  didSeveral: (what: string, count: string) => `${what} ${count} hand-offs`,
  undid: (name: string) => `Taken back: ${name} is as before`,
  notDone: (name: string, why: string) => `${name}: not done. ${why}`,
  someNotDone: (n: number, count: string, why: string) =>
    `${count} not done${n === 1 ? '' : ', the first because'}: ${why}`,
  noConnection: 'There is no connection. Nothing was sent; do it again when there is one.',
  notUnderstood: 'The source did not say why.',
  marked: (count: string) => `${count} marked`,
  unmark: 'Unmark all',
  // Keys
  closeIt: 'Close',
  keyActs,
  moveKeys: 'Move',
  openKey: 'Open',
  leaveKey: 'Back to the list',
  sendKey: 'Send a form',
  keysHelp: 'Single keys work while the list has the focus.',
  noKeys: 'Single keys are switched off on this page.',
  space: 'Space',
};
