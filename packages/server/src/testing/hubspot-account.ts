import { FakeHubSpot, type FakeRecord } from './fake-hubspot.ts';

const property = (name: string, type = 'string', options: readonly [value: string, label: string][] = []) => ({
  name,
  label: name,
  type,
  ...(options.length === 0 ? {} : { options: options.map(([value, label]) => ({ value, label })) }),
});

/** A small account: three contacts, two companies, three deals and a lead. */
export async function hubspotAccount(): Promise<FakeHubSpot> {
  const account = await FakeHubSpot.open();
  account.properties['contacts'] = [
    property('lifecyclestage', 'enumeration', [
      ['subscriber', 'Subscriber'],
      ['lead', 'Lead'],
      ['marketingqualifiedlead', 'Marketing Qualified Lead'],
      ['90210', 'SAL'],
      ['salesqualifiedlead', 'Sales Qualified Lead'],
      ['evangelist', 'Evangelist'],
    ]),
    property('hs_lead_status', 'enumeration', [
      ['NEW', 'New'],
      ['OPEN', 'Open'],
      ['UNQUALIFIED', 'Unqualified'],
      ['BAD_TIMING', 'Bad timing'],
    ]),
    property('hs_v2_date_entered_lead', 'datetime'),
    property('hs_v2_date_entered_90210_745667965', 'datetime'),
    property('hs_lifecyclestage_lead_date', 'datetime'),
    property('country'),
    property('email'),
    property('hubspotscore', 'number'),
    property('salesforceleadid'),
    property('sal_date', 'date'),
    property('return_reason'),
  ];
  account.properties['companies'] = [
    property('name'),
    property('annualrevenue', 'number'),
    property('hs_is_target_account', 'bool'),
  ];
  account.properties['deals'] = [property('dealtype'), property('hs_v2_date_entered_appointmentscheduled', 'datetime')];
  account.properties['leads'] = [property('hs_lead_label')];
  account.pipelines['deals'] = [
    {
      id: 'default',
      label: 'Sales Pipeline',
      stages: [
        {
          id: 'appointmentscheduled',
          label: 'Appointment Scheduled',
          metadata: { isClosed: 'false', probability: '0.2' },
        },
        { id: 'closedwon', label: 'Closed Won', metadata: { isClosed: 'true', probability: '1.0' } },
        { id: '4711', label: 'Dead', metadata: { isClosed: 'true', probability: '0.0' } },
      ],
    },
  ];
  account.pipelines['leads'] = [
    {
      id: 'lead-pipeline-id',
      label: 'Lead pipeline',
      stages: [
        { id: 'new-stage-id', label: 'New', metadata: {} },
        { id: 'qualified-stage-id', label: 'Qualified', metadata: {} },
        { id: 'unqualified-stage-id', label: 'Unqualified', metadata: {} },
      ],
    },
  ];
  account.owners = [
    { id: '11', email: 'ann@example.com' },
    { id: '12', email: 'bob@example.com' },
  ];
  account.objects['companies']?.push(
    record('501', '2026-02-01', {
      name: 'Acme',
      annualrevenue: '1250000.00',
      hs_is_target_account: 'true',
      hubspot_owner_id: '12',
    }),
    record('502', '2026-02-01', { name: 'Umbrella', hs_is_target_account: 'false' }),
  );
  account.objects['contacts']?.push(
    {
      ...record('101', '2026-03-05', {
        country: 'DE',
        hubspotscore: '42',
        associatedcompanyid: '501',
        hubspot_owner_id: '11',
      }),
      history: {
        lifecyclestage: [
          ['lead', '2026-01-05T09:00:00.000Z'],
          ['marketingqualifiedlead', '2026-01-20T10:30:00.000Z'],
          ['marketingqualifiedlead', '2026-01-21T10:30:00.000Z'],
          ['90210', '2026-01-22T08:00:00.000Z'],
          ['evangelist', '2026-03-05T08:00:00.000Z'],
        ],
        hs_lead_status: [['OPEN', '2026-01-22T08:00:00.000Z']],
      },
    },
    {
      ...record('102', '2026-03-06', {
        country: '',
        hs_v2_date_entered_lead: '2026-01-02T00:00:00.000Z',
        hs_lifecyclestage_lead_date: '2026-01-09T00:00:00.000Z',
      }),
      // The history no longer reaches back to the beginning.
      history: { lifecyclestage: [['salesqualifiedlead', '2026-03-06T12:00:00.000Z']] },
    },
    record('103', '2026-03-07', { country: 'FR', hubspot_owner_id: '99' }),
  );
  account.objects['deals']?.push(
    {
      ...record('901', '2026-04-01', {
        amount: '1250.50',
        deal_currency_code: 'USD',
        createdate: '2026-02-10T10:00:00.000Z',
        dealtype: 'newbusiness',
      }),
      history: {
        dealstage: [
          ['appointmentscheduled', '2026-02-10T10:00:00.000Z'],
          ['closedwon', '2026-04-01T15:00:00.000Z'],
        ],
      },
      links: { contacts: ['101', '102'], companies: ['501'] },
    },
    {
      ...record('902', '2026-04-02', {
        amount: '99',
        createdate: '2026-03-10T10:00:00.000Z',
        closed_lost_reason: 'too dear',
      }),
      history: { dealstage: [['4711', '2026-04-02T15:00:00.000Z']] },
      links: { contacts: ['102'] },
    },
    record('903', '2026-04-03', { createdate: '2026-04-03T10:00:00.000Z' }),
  );
  account.objects['leads']?.push({
    ...record('701', '2026-02-02', { hs_lead_disqualification_reason: 'no budget' }),
    history: {
      hs_pipeline_stage: [
        ['new-stage-id', '2026-02-01T10:00:00.000Z'],
        ['unqualified-stage-id', '2026-02-02T10:00:00.000Z'],
      ],
    },
    links: { contacts: ['103'] },
  });
  return account;
}

/** A record that changed last on a day. */
export function record(id: string, day: string, properties: Record<string, string | null>): FakeRecord {
  return { id, modified: `${day}T12:00:00.000Z`, properties };
}
