import type { GlossaryTerm, TermLine } from '@sama/metrics/contracts';
import { core } from './core.ts';
import { plural } from './plural.ts';
import { term } from './term.ts';

const termStatus: Record<TermLine['status'], string> = {
  draft: 'Draft',
  proposed: 'Proposed',
  'agreed-by-marketing': 'Marketing only',
  'agreed-by-sales': 'Sales only',
  agreed: 'Agreed',
  stale: 'To be confirmed',
  deprecated: 'No longer used',
};
/** What can be done, and what is said once it is. */
const deeds: Record<string, string> = {
  'term.approve': 'Approve',
  'term.reject': 'Send back',
  'term.withdraw': 'Withdraw',
  'term.confirm': 'Still holds',
  'term.propose': 'Propose a change',
  'term.draft': 'Save as a draft',
  'term.deprecate': 'Give up this term',
};
const done: Record<string, string> = {
  'term.approve': 'approved',
  'term.reject': 'sent back',
  'term.withdraw': 'withdrew',
  'term.confirm': 'confirmed',
  'term.propose': 'proposed',
  'term.draft': 'drafted',
  'term.deprecate': 'wants to give up',
};
const fields: Record<string, string> = {
  term: 'Name',
  abbreviation: 'Abbreviation',
  definition: 'Definition',
  description: 'Remarks',
  criteria: 'True when',
  rule: 'Rule',
  avoid: 'Do not say',
  synonyms: 'Also',
  owners: 'Owner',
  uses: 'Rests on',
  stage: 'Stage',
  metrics: 'Metrics',
  ties: 'Also used by',
  of: 'Of',
};
const uses: Record<GlossaryTerm['usedBy'][number]['kind'], string> = {
  stage: 'stage',
  term: 'term',
  metric: 'metric',
};
const which = {
  all: 'All terms',
  agreed: 'Agreed terms',
  open: 'Terms not agreed yet',
  stale: 'Terms to be confirmed',
  marketing: 'Terms that wait for marketing',
  sales: 'Terms that wait for sales',
};
const change = {
  patch: 'wording',
  minor: 'clarified, the same count',
  major: 'changes who counts',
};

/** English words of the glossary. */
export const glossary = {
  ...core,
  unknownTerm: term.unknownTerm,
  sayHere: term.sayHere,
  glossary: 'Shared glossary',
  searchTerms: 'Search terms',
  sayInstead: (word: string) => `“${word}” is not an agreed word. Say`,
  noTerm: (query: string) => `No term matches “${query}”.`,
  clearSearch: 'Clear the search',
  noTerms: 'There are no terms yet.',
  askingTerms: 'Asking for the terms…',
  termSentence: '{which} by {order}',
  whichLabel: 'Which terms',
  orderLabel: 'Order',
  byName: 'name',
  byStage: 'stage',
  withoutStage: 'Across stages',
  which,
  termCounts: (n: number, terms: string, agreed: string) =>
    `${terms} ${n === 1 ? 'term' : 'terms'}, ${agreed} agreed by both teams`,
  found: (n: number, text: string) => `${text} ${n === 1 ? 'term' : 'terms'} found`,
  termStatus,
  nextVersion: (version: string, status: string) => `${version} ${status.toLowerCase()}`,
  staleSince: (when: string) => `Stale since ${when}`,
  inForce: (version: string) => `Version ${version} in force`,
  notInForce: (version: string) => `Version ${version}, not in force`,
  fromOn: (version: string, when: string) => `Version ${version} comes into force on ${when}.`,
  ownedBy: { both: 'owned by both teams', one: (team: string) => `owned by ${team}` },
  trueWhen: 'True when',
  newIn: (version: string) => `new in ${version}`,
  goneIn: (version: string) => `gone in ${version}`,
  openHead: (version: string, status: string, change: string) =>
    `${status} ${version}${change === '' ? '' : `, ${change}`}.`,
  changeKinds: change,
  impactLost: (lost: string, before: string, thing: string) =>
    `${lost} of ${before} ${plural(thing)} of the last two quarters would not qualify.`,
  impactGained: (gained: string) => `${gained} more would qualify.`,
  impactSame: (before: string, thing: string) =>
    `All ${before} ${plural(thing)} of the last two quarters would stay as they are.`,
  impactRate: (from: string, to: string, before: string, after: string) =>
    `${from} to ${to} would go from ${before} to ${after}.`,
  impactNone: 'No record of the last two quarters shows what this changes.',
  approved: (when: string, who: string) => `Approved ${when}${who === '' ? '' : ` by ${who}`}`,
  approvedNow: 'Approved',
  notApproved: 'Not approved yet',
  sending: 'sending…',
  sentBack: (who: string, comment: string) => `Sent back by ${who}: “${comment}”`,
  retiring: (teams: string, reason: string) => `${teams} wants to give this term up: “${reason}”`,
  retired: (reason: string) => `This term is no longer used: “${reason}”`,
  useInstead: 'Say instead',
  usedBy: 'Used by',
  uses,
  fields,
  deeds,
  done,
  termLog: (who: string, team: string, deed: string, version: string, when: string) =>
    `${who} (${team}) ${deed}${version === '' ? '' : ` ${version}`}, ${when}.`,
  history: (n: number, count: string) => `History of ${count} ${n === 1 ? 'entry' : 'entries'}`,
  exportAs: 'Export',
};

export type GlossaryWords = typeof glossary;
