import type { TermDefinition } from '../../contracts/index.ts';

/** The way of a lead from team to team. */
export const HANDOFF_TERMS: readonly TermDefinition[] = [
  {
    kind: 'term',
    id: 'handoff',
    version: '1.0.0',
    term: 'Hand-off',
    owners: ['both'],
    definition: 'The offer of one MQL or MQA by marketing to sales, with a clock, until it is finally dispositioned.',
    of: 'person',
    criteria: { field: 'attributes.handoffState', present: true },
    uses: ['mql', 'mqa'],
    ties: ['handoff queue', 'all SLA metrics'],
    avoid: [
      { word: 'pass', severity: 'info', forms: ['passed', 'passing'] },
      { word: 'toss', severity: 'info', forms: ['tossed', 'tossing'] },
      { word: 'assignment', severity: 'info' },
    ],
  },
  {
    kind: 'term',
    id: 'sal',
    version: '1.0.0',
    term: 'Sales accepted lead',
    abbreviation: 'SAL',
    owners: ['sales'],
    definition: 'An MQL that a named seller has explicitly agreed to work.',
    of: 'person',
    criteria: {
      all: [
        { field: 'attributes.acceptedBy', present: true },
        { field: 'attributes.acceptedByTeam', eq: 'sales' },
      ],
    },
    rule: 'acceptedBy is the person who accepted the hand-off.',
    uses: ['mql'],
    stage: 'sal',
    metrics: ['acceptanceRate'],
    avoid: [{ word: 'SQL' }, { word: 'accepted MQL' }],
  },
  {
    kind: 'term',
    id: 'returned',
    version: '1.0.0',
    term: 'Returned lead',
    owners: ['both'],
    definition:
      'A hand-off sales gives back because named elements are missing; marketing must complete and resubmit or withdraw.',
    of: 'person',
    criteria: {
      all: [
        { field: 'attributes.handoffState', eq: 'returned' },
        { field: 'attributes.missingElements', gte: 1 },
      ],
    },
    uses: ['handoff'],
    metrics: ['returnRate', 'firstPassRate'],
    avoid: [{ word: 'rejected lead' }, { word: 'bad lead' }],
  },
  {
    kind: 'term',
    id: 'recycled',
    version: '1.0.0',
    term: 'Recycled lead',
    owners: ['both'],
    definition: 'A worked lead that is a fit but not now; goes to nurture with a reason and a re-entry rule.',
    of: 'person',
    criteria: {
      all: [
        { field: 'attributes.handoffState', eq: 'recycled' },
        { field: 'attributes.reason', present: true },
        {
          any: [
            { field: 'attributes.reviewOn', present: true },
            { field: 'attributes.reentryRule', present: true },
          ],
        },
      ],
    },
    uses: ['lead', 'nurture'],
    metrics: ['recycleRate'],
    avoid: [{ word: 'dead lead' }, { word: 'closed lead' }],
  },
  {
    kind: 'term',
    id: 'disqualified',
    version: '1.0.0',
    term: 'Disqualified lead',
    owners: ['both'],
    definition: 'A lead that will not be pursued, with a reason from the agreed list.',
    of: 'person',
    criteria: {
      all: [
        { field: 'attributes.handoffState', eq: 'disqualified' },
        { field: 'attributes.reason', present: true },
      ],
    },
    uses: ['lead'],
    metrics: ['disqualificationRate'],
    avoid: [
      { word: 'junk', severity: 'info' },
      { word: 'trash', severity: 'info' },
    ],
  },
  {
    kind: 'term',
    id: 'nurture',
    version: '1.0.0',
    term: 'Nurture',
    owners: ['marketing'],
    definition: 'Planned contact with leads not yet ready, until a re-entry rule fires.',
    of: 'person',
    criteria: {
      all: [
        { field: 'attributes.nurtureStream', present: true },
        {
          not: { field: 'attributes.openHandoff', eq: true },
        },
      ],
    },
    uses: ['lead'],
    ties: ['recycled pool'],
    avoid: [{ word: 'drip', severity: 'info' }, { word: 'keep-warm' }],
  },
  {
    kind: 'term',
    id: 'sql',
    version: '1.0.0',
    term: 'Sales qualified lead',
    abbreviation: 'SQL',
    owners: ['sales'],
    definition:
      'An accepted lead whose need, authority, timing and budget (or the agreed method) sales has confirmed in conversation.',
    of: 'person',
    criteria: {
      all: [
        { field: 'attributes.qualificationComplete', eq: true },
        { field: 'attributes.meetingHeld', eq: true },
      ],
    },
    rule: 'qualificationComplete says that every required part of the agreed method is confirmed.',
    uses: ['sal'],
    stage: 'sql',
    avoid: [{ word: 'SAL' }, { word: 'opportunity' }, { word: 'qualified lead' }],
  },
  {
    kind: 'term',
    id: 'firstResponse',
    version: '1.0.0',
    term: 'First response',
    owners: ['sales'],
    definition: 'First outbound act by a human seller after the hand-off or inquiry; automated replies do not count.',
    of: 'person',
    criteria: {
      all: [
        { field: 'attributes.responseDirection', eq: 'out' },
        { field: 'attributes.responseActor', eq: 'human' },
        { field: 'attributes.responseDelayMinutes', gte: 0 },
      ],
    },
    rule: 'The attributes describe the first outbound act by a person after the hand-off or inquiry.',
    uses: ['handoff', 'inquiry'],
    metrics: ['firstResponseTime'],
    avoid: [{ word: 'touch', severity: 'info' }, { word: 'auto-reply' }],
  },
  {
    kind: 'term',
    id: 'speedToLead',
    version: '1.0.0',
    term: 'Speed to lead',
    owners: ['both'],
    definition:
      'Elapsed time from the inquiry that triggered the hand-off to first response: system delay plus human delay.',
    of: 'person',
    criteria: { field: 'attributes.speedToLeadMinutes', gte: 0 },
    rule: 'The instant of the first response less that of the inquiry that triggered the hand-off.',
    uses: ['inquiry', 'handoff', 'firstResponse'],
    metrics: ['speedToLead'],
    avoid: [{ word: 'response time', note: 'unspecified' }],
  },
  {
    kind: 'term',
    id: 'sla',
    version: '1.0.0',
    term: 'Service level agreement',
    abbreviation: 'SLA',
    owners: ['both'],
    definition:
      'A two-sided promise: what marketing delivers (volume, quality, completeness) and what sales does (accept, respond, disposition) by when.',
    rule: 'Its version is agreed by both teams.',
    metrics: ['slaCompliance'],
    avoid: [
      { word: 'guideline', severity: 'info' },
      { word: 'expectation', severity: 'info' },
    ],
  },
  {
    kind: 'term',
    id: 'leak',
    version: '1.0.0',
    term: 'Leak',
    owners: ['both'],
    definition: 'An entity that left the funnel or exceeded its clock without a recorded decision.',
    of: 'person',
    criteria: {
      all: [
        { field: 'attributes.open', eq: true },
        { field: 'attributes.clockOverdue', eq: true },
        {
          not: { field: 'attributes.disposition', present: true },
        },
      ],
    },
    ties: ['leak ledger'],
    avoid: [{ word: 'lost lead' }, { word: 'blame', severity: 'info' }],
  },
];
