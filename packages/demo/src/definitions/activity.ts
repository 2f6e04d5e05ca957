import type { Definition } from '@sama/metrics/contracts';
import { agreedOn, segmentsOf } from './agreed.ts';
import { REGIONS } from '../company/market.ts';

const eventFunnel = (): Definition => ({
  kind: 'funnel',
  mode: 'event',
  id: 'visit-to-won',
  version: '1.0.0',
  label: 'Visit to customer',
  description: 'What people do on the way: the website, the mails and the live demo, up to the signed contract.',
  owners: ['marketing', 'sales'],
  agreedBy: agreedOn('2026-03-02'),
  source: 'both',
  steps: [
    { id: 'visit', label: 'Visit', owner: 'marketing', event: 'page.view' },
    { id: 'form', label: 'Form', owner: 'marketing', event: 'form.submitted' },
    { id: 'mail', label: 'Mail clicked', owner: 'marketing', event: 'mail.clicked', optional: true },
    { id: 'demo', label: 'Live demo', owner: 'sales', event: 'demo.attended' },
    { id: 'won', label: 'Won', owner: 'sales', event: 'stage:won' },
  ],
  window: { within: { days: 180 } },
  segments: segmentsOf('region', 'region', REGIONS),
});

const attribution = (): Definition => ({
  kind: 'attribution',
  id: 'won-by-channel',
  version: '1.0.0',
  label: 'Customers by channel',
  description: 'Whose touches led to a signed contract, as a Markov chain of all journeys shares it.',
  owners: ['marketing', 'sales'],
  agreedBy: agreedOn('2026-03-02'),
  model: { model: 'markov' },
  lookback: { days: 365 },
  journeys: {
    funnel: 'lead-to-won',
    leadCreation: 'lead',
    opportunityCreation: 'opportunity',
    touches: [
      {
        event: ['page.view', 'mail.clicked', 'webinar.attended'],
        channel: 'attributes.channel',
        asset: 'attributes.page',
        team: 'marketing',
      },
      { event: ['call.connected', 'demo.attended'], channel: 'attributes.channel', team: 'sales' },
    ],
  },
  segments: segmentsOf('region', 'region', REGIONS),
});

const score = (): Definition => ({
  kind: 'score',
  id: 'lead-score',
  version: '1.0.0',
  label: 'Lead rating',
  description: 'Fit by what wins: mid-market companies, and those sales found. Engagement by what people did lately.',
  owners: ['marketing', 'sales'],
  agreedBy: agreedOn('2026-03-02'),
  fit: {
    criteria: [
      {
        key: 'size',
        label: 'Company size',
        combine: 'first',
        rules: [
          { when: { field: 'attributes.segment', eq: 'mid-market' }, points: 60 },
          { when: { field: 'attributes.segment', eq: 'enterprise' }, points: 50 },
          { when: { field: 'attributes.segment', eq: 'small' }, points: 15 },
        ],
      },
      {
        key: 'region',
        label: 'Region',
        combine: 'first',
        rules: [
          { when: { field: 'attributes.region', in: ['DACH', 'Nordics'] }, points: 20 },
          { when: { field: 'attributes.region', present: true }, points: 10 },
        ],
      },
      {
        key: 'origin',
        label: 'Who found it',
        combine: 'first',
        rules: [
          { when: { field: 'attributes.origin', eq: 'sales' }, points: 20 },
          { when: { field: 'attributes.origin', eq: 'teleprospecting' }, points: 10 },
        ],
      },
    ],
  },
  engagement: {
    signals: [
      { key: 'visit', label: 'Visits', activity: 'page.view', points: 15, cap: 30 },
      { key: 'form', label: 'Forms', activity: 'form.submitted', points: 25 },
      { key: 'mail', label: 'Clicks in mails', activity: 'mail.clicked', points: 20 },
      { key: 'webinar', label: 'Webinars', activity: 'webinar.attended', points: 30 },
      { key: 'call', label: 'Calls', activity: 'call.connected', points: 30 },
      { key: 'demo', label: 'Live demos', activity: 'demo.attended', points: 60 },
    ],
    halfLife: { days: 30 },
  },
  segments: segmentsOf('region', 'region', REGIONS),
});

/** What both teams agreed on that reads activities. */
export const activityDefinitions = (): Definition[] => [eventFunnel(), attribution(), score()];
