import type { ActivityMapping, FigureMapping, Mapping } from '@sama/metrics/contracts';
import { tally, type Row, type Stream } from '../port/connector.ts';
import { stageRow, stageTable } from '../port/stage-rows.ts';
import type { StageValues } from '../port/stages.ts';
import { text, type SalesforceRecord } from './client.ts';
import { columns, groupBy, idsOf, ownerOf, pages, type Attributes, type Org } from './pages.ts';
import { personsOf } from './people.ts';

/** What the stages of opportunities mean. */
export interface OpportunityStages {
  stages: StageValues;
  /** The stage of an opportunity that was created; absent where nobody defined it. */
  created: string | undefined;
}

/** Opportunities, and each change of their stage. */
export function opportunities(
  org: Org,
  attributes: Attributes,
  { stages, created }: OpportunityStages,
  available: readonly string[],
): Stream {
  const { client, prefix, source } = org;
  const mapping: Mapping = {
    v: 1,
    source,
    rows: 'records',
    entityType: 'opportunity',
    id: 'id',
    links: { personId: 'personId', accountId: 'companyId', campaignId: 'campaignId' },
    owner: 'owner',
    amount: { column: 'amount', currency: { column: 'currency' }, decimal: '.' },
    attributes: attributes.rules,
  };
  const reads = [
    ...new Set([
      'Id',
      'OwnerId',
      'AccountId',
      'StageName',
      'CloseDate',
      'IsClosed',
      'CreatedDate',
      ...available,
      ...attributes.names,
    ]),
  ];
  const enter = (
    id: string,
    record: SalesforceRecord,
    past: readonly SalesforceRecord[],
    unsupported: Record<string, number>,
  ): Row[] => {
    const changes: Row[] = [];
    const opened = text(record, 'CreatedDate');
    if (opened !== null && created !== undefined) changes.push(stageRow(id, created, opened, `${id} CreatedDate`));
    let before: string | null = null;
    for (const row of past) {
      const name = text(row, 'StageName');
      // A row is written for each change of amount, date or chance too.
      if (name === before || name === null) continue;
      before = name;
      add(name, text(row, 'CreatedDate'), text(row, 'Id') ?? id);
    }
    const now = text(record, 'StageName');
    // Without a history the day of closing is all there is: a day, without a time.
    if (now !== null && now !== before && text(record, 'IsClosed') === 'true')
      add(now, text(record, 'CloseDate'), `${id} CloseDate`);
    return changes;

    function add(name: string, at: string | null, recordId: string): void {
      const stage = stages.values.get(name);
      if (stage === undefined) {
        if (!stages.ignored.has(name)) tally(unsupported, `Opportunity.StageName: ${stages.label(name)}`);
      } else if (at !== null && stage !== created) changes.push(stageRow(id, stage, at, recordId));
    }
  };
  return {
    name: 'opportunities',
    tables: [
      {
        name: 'opportunities',
        mapping,
        fields: ['personId', 'companyId', 'campaignId', 'owner', 'amount', ...attributes.names],
      },
      stageTable('opportunity-stages', 'opportunity', source),
    ],
    reads: [...reads, 'OpportunityHistory', 'OpportunityContactRole'],
    notes: [...attributes.notes, ...stages.notes],
    read: (range, position, signal) =>
      pages(org, 'Opportunity', reads, range, position, signal, async (records, found) => {
        const ids = idsOf(records, 'Id');
        const history = groupBy(
          await client.queryOf(
            'SELECT Id, OpportunityId, StageName, CreatedDate FROM OpportunityHistory WHERE',
            'OpportunityId',
            ids,
            'ORDER BY CreatedDate, Id',
            signal,
          ),
          'OpportunityId',
        );
        const roles = await client.queryOf(
          'SELECT OpportunityId, ContactId, IsPrimary FROM OpportunityContactRole WHERE',
          'OpportunityId',
          ids,
          'ORDER BY CreatedDate, Id',
          signal,
        );
        const rolesOf = groupBy(roles, 'OpportunityId');
        const person = await personsOf(org, idsOf(roles, 'ContactId'), signal);
        const changes: Row[] = [];
        const rows = records.map((record) => {
          const own = text(record, 'Id') ?? '';
          const id = prefix + own;
          const all = rolesOf.get(own) ?? [];
          const role = all.find((one) => text(one, 'IsPrimary') === 'true') ?? all[0];
          const contact = role === undefined ? null : text(role, 'ContactId');
          if (contact === null) tally(found.unmatched, 'opportunities without a contact role');
          changes.push(...enter(id, record, history.get(own) ?? [], found.unsupported));
          const company = text(record, 'AccountId');
          return {
            id,
            personId: contact === null ? null : person(contact),
            companyId: company === null ? null : prefix + company,
            campaignId: text(record, 'CampaignId'),
            owner: ownerOf(org, record),
            amount: text(record, 'Amount'),
            currency: text(record, 'CurrencyIsoCode') ?? org.currency,
            ...columns(record, attributes.names),
          };
        });
        return { opportunities: rows, 'opportunity-stages': changes };
      }),
  };
}

/** What campaigns cost, in the days they lasted. */
export function campaigns(org: Org, available: readonly string[]): Stream {
  const mapping: FigureMapping = {
    v: 1,
    rows: 'figures',
    name: { is: 'campaign-cost' },
    from: 'from',
    last: 'last',
    amount: { column: 'amount', currency: { column: 'currency' }, decimal: '.' },
    // As opportunities and members call the campaign; names are given twice.
    segment: 'campaignId',
  };
  const reads = [...new Set(['Id', 'StartDate', 'EndDate', 'ActualCost', ...available])];
  return {
    name: 'campaigns',
    tables: [{ name: 'campaigns', mapping, fields: [] }],
    reads,
    notes: [],
    read: (range, position, signal) =>
      pages(org, 'Campaign', reads, range, position, signal, async (records, found) => {
        const rows: Row[] = [];
        for (const record of records) {
          const [from, last, amount] = ['StartDate', 'EndDate', 'ActualCost'].map((field) => text(record, field));
          if (amount === null || amount === undefined || Number(amount) === 0)
            tally(found.unmatched, 'campaigns without a cost');
          else if (!from || !last) tally(found.unmatched, 'campaigns with a cost but without days');
          else
            rows.push({
              from,
              last,
              amount,
              currency: text(record, 'CurrencyIsoCode') ?? org.currency,
              campaignId: text(record, 'Id'),
            });
        }
        return { campaigns: rows };
      }),
  };
}

/** Who belongs to a campaign, and who answered it: that is a day, and stays one. */
export function campaignMembers(org: Org): Stream {
  const mapping: ActivityMapping = {
    v: 1,
    source: org.source,
    rows: 'activities',
    name: { column: 'name' },
    at: 'at',
    id: 'id',
    links: { personId: 'personId', campaignId: 'campaignId' },
    attributes: { status: { column: 'status' }, campaign: { column: 'campaign' } },
  };
  const reads = [
    'Id',
    'CampaignId',
    'Campaign.Name',
    'LeadId',
    'ContactId',
    'Status',
    'HasResponded',
    'FirstRespondedDate',
    'CreatedDate',
  ];
  return {
    name: 'campaign-members',
    tables: [{ name: 'campaign-members', mapping, fields: ['personId'] }],
    reads,
    notes: [],
    read: (range, position, signal) =>
      pages(org, 'CampaignMember', reads, range, position, signal, async (records, found) => {
        const person = await personsOf(org, idsOf(records, 'ContactId'), signal);
        const rows: Row[] = [];
        for (const record of records) {
          const lead = text(record, 'LeadId');
          const contact = text(record, 'ContactId');
          const id = text(record, 'Id');
          if (lead === null && contact === null)
            tally(found.unmatched, 'campaign members who are neither lead nor contact');
          const campaign = record['Campaign'];
          const common = {
            personId: lead === null ? (contact === null ? null : person(contact)) : org.prefix + lead,
            campaignId: text(record, 'CampaignId'),
            campaign: typeof campaign === 'object' && campaign !== null ? String(campaign['Name'] ?? '') : null,
            status: text(record, 'Status'),
          };
          rows.push({ ...common, id, name: 'campaign-member', at: text(record, 'CreatedDate') });
          const responded = text(record, 'FirstRespondedDate');
          if (text(record, 'HasResponded') === 'true' && responded !== null)
            rows.push({ ...common, id, name: 'campaign-response', at: responded });
        }
        return { 'campaign-members': rows };
      }),
  };
}
