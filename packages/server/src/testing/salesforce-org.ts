import { FakeSalesforce, type FakeSObject } from './fake-salesforce.ts';

const fields = (type: string, ...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, type]));
const common = {
  ...fields('id', 'Id'),
  ...fields('reference', 'OwnerId'),
  ...fields('datetime', 'CreatedDate', 'SystemModstamp'),
};
const on = (day: string, hour = '09'): string => `${day}T${hour}:00:00.000+0000`;

/** An id of Salesforce: the three characters of the object, then a number. */
export const sfId = (object: string, n: number): string => `${object}${String(n).padStart(12, '0')}AAA`;

/** A small org: two leads of which one was converted, two contacts, two opportunities, a campaign with two members. */
export async function salesforceOrg(): Promise<FakeSalesforce> {
  const org = await FakeSalesforce.open();
  Object.assign(org.described, {
    User: { ...fields('id', 'Id'), ...fields('string', 'Email') },
    Group: { ...fields('id', 'Id'), ...fields('string', 'Name', 'Type') },
    LeadStatus: { ...fields('string', 'ApiName', 'MasterLabel'), ...fields('boolean', 'IsConverted') },
    OpportunityStage: { ...fields('string', 'ApiName', 'MasterLabel'), ...fields('boolean', 'IsClosed', 'IsWon') },
    Account: { ...common, ...fields('string', 'Name', 'Industry'), ...fields('currency', 'AnnualRevenue') },
    Lead: {
      ...common,
      ...fields('picklist', 'Status', 'LeadSource'),
      ...fields('date', 'ConvertedDate', 'SAL_Date__c'),
      ...fields('string', 'ConvertedAccountId', 'ConvertedContactId', 'Return_Reason__c'),
      ...fields('boolean', 'IsConverted'),
    },
    LeadHistory: {
      ...fields('id', 'Id', 'LeadId'),
      ...fields('string', 'Field', 'OldValue', 'NewValue'),
      ...fields('datetime', 'CreatedDate'),
    },
    Contact: { ...common, ...fields('reference', 'AccountId'), ...fields('picklist', 'LeadSource') },
    Opportunity: {
      ...common,
      ...fields('reference', 'AccountId', 'CampaignId'),
      ...fields('picklist', 'StageName', 'Type'),
      ...fields('currency', 'Amount'),
      ...fields('date', 'CloseDate'),
      ...fields('boolean', 'IsClosed'),
    },
    OpportunityHistory: {
      ...fields('id', 'Id', 'OpportunityId'),
      ...fields('string', 'StageName'),
      ...fields('datetime', 'CreatedDate'),
    },
    OpportunityContactRole: { ...fields('id', 'OpportunityId', 'ContactId'), ...fields('boolean', 'IsPrimary') },
    Campaign: {
      ...common,
      ...fields('string', 'Name'),
      ...fields('date', 'StartDate', 'EndDate'),
      ...fields('currency', 'ActualCost'),
    },
    CampaignMember: {
      ...common,
      ...fields('reference', 'CampaignId', 'LeadId', 'ContactId'),
      ...fields('string', 'Status'),
      ...fields('boolean', 'HasResponded'),
      ...fields('date', 'FirstRespondedDate'),
    },
  });
  org.picklists['Lead.Status'] = ['Open', 'Working', 'Nurture', 'Qualified'];
  const made = (object: string, n: number, day: string, rest: FakeSObject): FakeSObject => ({
    Id: sfId(object, n),
    OwnerId: sfId('005', 1),
    CreatedDate: on(day),
    SystemModstamp: on(day, '10'),
    ...rest,
  });
  Object.assign(org.objects, {
    User: [{ Id: sfId('005', 1), Email: 'ann@example.com' }],
    Group: [{ Id: sfId('00G', 1), Name: 'Inbound', Type: 'Queue' }],
    LeadStatus: [
      { ApiName: 'Open', MasterLabel: 'Open', IsConverted: false },
      { ApiName: 'Working', MasterLabel: 'SAL', IsConverted: false },
      { ApiName: 'Qualified', MasterLabel: 'Qualified', IsConverted: true },
    ],
    OpportunityStage: [
      { ApiName: 'Prospecting', MasterLabel: 'Prospecting', IsClosed: false, IsWon: false },
      { ApiName: 'Closed Won', MasterLabel: 'Gewonnen', IsClosed: true, IsWon: true },
      { ApiName: 'Dropped', MasterLabel: 'Dropped', IsClosed: true, IsWon: false },
    ],
    Account: [made('001', 1, '2026-01-01', { Name: 'Acme', AnnualRevenue: 1_250_000.5 })],
    Lead: [
      made('00Q', 1, '2026-01-05', {
        Status: 'Qualified',
        LeadSource: 'Web',
        IsConverted: true,
        ConvertedDate: '2026-02-01',
        ConvertedAccountId: sfId('001', 1),
        ConvertedContactId: sfId('003', 1),
      }),
      made('00Q', 2, '2026-01-06', {
        Status: 'Qualified',
        OwnerId: sfId('00G', 1),
        IsConverted: true,
        ConvertedDate: '2026-02-02',
        ConvertedContactId: sfId('003', 2),
      }),
      made('00Q', 3, '2026-01-07', { Status: 'Open' }),
    ],
    LeadHistory: [
      {
        Id: sfId('017', 1),
        LeadId: sfId('00Q', 1),
        Field: 'Status',
        OldValue: 'Open',
        NewValue: 'Working',
        CreatedDate: on('2026-01-10'),
      },
      {
        Id: sfId('017', 2),
        LeadId: sfId('00Q', 1),
        Field: 'Status',
        OldValue: 'Working',
        NewValue: 'Qualified',
        CreatedDate: on('2026-02-01', '15'),
      },
      {
        Id: sfId('017', 3),
        LeadId: sfId('00Q', 1),
        Field: 'leadConverted',
        OldValue: null,
        NewValue: null,
        CreatedDate: on('2026-02-01', '15'),
      },
    ],
    Contact: [
      made('003', 1, '2026-02-01', { AccountId: sfId('001', 1), LeadSource: 'Web' }),
      made('003', 3, '2026-02-03', { AccountId: null }),
    ],
    Opportunity: [
      made('006', 1, '2026-02-01', {
        AccountId: sfId('001', 1),
        CampaignId: sfId('701', 1),
        StageName: 'Closed Won',
        Amount: 1250.5,
        CloseDate: '2026-04-01',
        IsClosed: true,
      }),
      made('006', 2, '2026-02-02', { StageName: 'Dropped', CloseDate: '2026-03-01', IsClosed: true }),
    ],
    OpportunityHistory: [
      { Id: sfId('008', 1), OpportunityId: sfId('006', 1), StageName: 'Prospecting', CreatedDate: on('2026-02-01') },
      { Id: sfId('008', 2), OpportunityId: sfId('006', 1), StageName: 'Prospecting', CreatedDate: on('2026-02-15') },
      {
        Id: sfId('008', 3),
        OpportunityId: sfId('006', 1),
        StageName: 'Closed Won',
        CreatedDate: on('2026-04-02', '16'),
      },
    ],
    OpportunityContactRole: [
      { OpportunityId: sfId('006', 1), ContactId: sfId('003', 3), IsPrimary: false },
      { OpportunityId: sfId('006', 1), ContactId: sfId('003', 1), IsPrimary: true },
    ],
    Campaign: [
      made('701', 1, '2026-01-01', { Name: 'Fair', StartDate: '2026-01-10', EndDate: '2026-01-12', ActualCost: 5000 }),
      made('701', 2, '2026-01-01', { Name: 'Mail', StartDate: '2026-01-10', EndDate: null, ActualCost: 10 }),
      made('701', 3, '2026-01-01', { Name: 'Blog' }),
    ],
    CampaignMember: [
      made('00v', 1, '2026-01-10', {
        CampaignId: sfId('701', 1),
        Campaign: { Name: 'Fair' },
        LeadId: sfId('00Q', 1),
        ContactId: sfId('003', 1),
        Status: 'Responded',
        HasResponded: true,
        FirstRespondedDate: '2026-01-11',
      }),
      made('00v', 2, '2026-01-10', {
        CampaignId: sfId('701', 1),
        Campaign: { Name: 'Fair' },
        LeadId: null,
        ContactId: sfId('003', 1),
        Status: 'Sent',
        HasResponded: false,
        FirstRespondedDate: null,
      }),
    ],
  });
  return org;
}
