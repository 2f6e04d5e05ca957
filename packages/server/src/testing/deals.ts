import type { Mapping } from '@sama/metrics/contracts';

export const STAGES = ['lead', 'mql', 'won', 'lost'];

/** Deals with a date of each stage. */
export const DEALS: Mapping = {
  source: 'crm',
  rows: 'records',
  entityType: 'opportunity',
  id: 'id',
  amount: { column: 'amount', currency: 'EUR' },
  stages: [
    { stage: 'lead', at: 'opened' },
    { stage: 'won', at: 'closed', when: { column: 'state', in: ['Won'] } },
  ],
  currentStage: { column: 'state', values: { Won: 'won', Open: 'lead' } },
};

export const DEALS_HEADER = 'id,amount,opened,closed,state';
