import type { Connector, Plan, Stream } from '../port/connector.ts';
import { ConnectorError } from '../port/errors.ts';
import type { Surroundings } from '../port/settings.ts';
import { stageValues, type StageOption } from '../port/stages.ts';
import { campaignMembers, campaigns, opportunities } from './business.ts';
import {
  SalesforceClient,
  text,
  type SalesforceField,
  type SalesforceOptions,
  type SalesforceRecord,
} from './client.ts';
import { attributesOf, readable, type Org } from './pages.ts';
import { accounts, contacts, leads, type LeadStatus } from './people.ts';

/** Kept of each object unless the settings name more. Nothing here says who somebody is. */
const USUAL = {
  Account: ['Name', 'Industry', 'Type', 'BillingCountry', 'NumberOfEmployees', 'AnnualRevenue'],
  Lead: ['Status', 'LeadSource', 'Rating', 'Industry', 'Country', 'NumberOfEmployees'],
  Contact: ['LeadSource', 'MailingCountry'],
  Opportunity: ['LeadSource', 'Type', 'ForecastCategoryName', 'StageName', 'CloseDate'],
} as const;

/**
 * Reads accounts, leads, contacts, opportunities, campaigns and their members of Salesforce by jsforce,
 * with the history of leads and opportunities. Fields, statuses and stages are those the org has.
 * @beta
 */
export function salesforceConnector(options: SalesforceOptions, surroundings: Surroundings): Connector {
  const client = new SalesforceClient(options);
  return {
    system: 'salesforce',
    // A record is seen once its transaction has ended, which may be some time after its stamp.
    overlapMs: 10 * 60_000,
    plan: (signal) => plan(client, surroundings, signal),
  };
}

async function plan(
  client: SalesforceClient,
  surroundings: Surroundings,
  signal: AbortSignal | undefined,
): Promise<Plan> {
  const { settings } = surroundings;
  const org: Org = {
    client,
    source: 'salesforce',
    // Ids of Salesforce are of no other source.
    prefix: settings.idPrefix ?? '',
    owners: await ownersOf(client, signal),
    currency: surroundings.currency,
  };
  const notes: string[] = [];
  const streams: Stream[] = [];
  const object = async (
    name: string,
    make: (fields: readonly SalesforceField[]) => Stream | Promise<Stream>,
  ): Promise<void> => {
    const fields = await client.fields(name, signal);
    if (fields === undefined)
      notes.push(`The object ${name} is not read: this org has none, or the user may not see it.`);
    else streams.push(await make(fields));
  };
  const attributes = (name: keyof typeof USUAL, fields: readonly SalesforceField[]) =>
    attributesOf(name, fields, USUAL[name], settings.attributes?.[name]);
  await object('Account', (fields) => accounts(org, attributes('Account', fields)));
  await object('Lead', async (fields) =>
    leads(org, attributes('Lead', fields), await leadStatus(client, surroundings, signal)),
  );
  await object('Contact', (fields) => contacts(org, attributes('Contact', fields)));
  await object('Opportunity', async (fields) =>
    opportunities(
      org,
      attributes('Opportunity', fields),
      await opportunityStages(client, surroundings, signal),
      readable(fields, ['Amount', 'CampaignId', 'CurrencyIsoCode']),
    ),
  );
  await object('Campaign', (fields) => campaigns(org, readable(fields, ['CurrencyIsoCode'])));
  await object('CampaignMember', () => campaignMembers(org));
  const [first] = streams;
  if (first === undefined)
    throw new ConnectorError('forbidden', `Salesforce shows none of the objects that are read. ${notes.join(' ')}`);
  return { streams, notes };
}

/** Users by their mail address, as people are called elsewhere too; queues by name. */
async function ownersOf(client: SalesforceClient, signal: AbortSignal | undefined): Promise<Map<string, string>> {
  const owners = new Map<string, string>();
  const add = (records: readonly SalesforceRecord[], field: string): void => {
    for (const record of records) {
      const [id, name] = [text(record, 'Id'), text(record, field)];
      if (id !== null && name !== null) owners.set(id, name);
    }
  };
  add(await client.query('SELECT Id, Email FROM User', signal), 'Email');
  add(await client.query(`SELECT Id, Name FROM Group WHERE Type = 'Queue'`, signal), 'Name');
  return owners;
}

async function leadStatus(
  client: SalesforceClient,
  surroundings: Surroundings,
  signal: AbortSignal | undefined,
): Promise<LeadStatus> {
  const records = await client.query('SELECT ApiName, MasterLabel, IsConverted FROM LeadStatus', signal);
  const converted = new Set(
    records
      .filter((record) => text(record, 'IsConverted') === 'true')
      .flatMap((record) => text(record, 'ApiName') ?? []),
  );
  const has = (stage: string): string | undefined => surroundings.stages.find(({ key }) => key === stage)?.key;
  const stages = stageValues('Lead.Status', optionsOf(records), surroundings, {
    usual: ({ value }) => (converted.has(value) ? ['sql'] : []),
  });
  // Settings may give the statuses of conversion another stage, or none.
  const becomes = [...converted].map((value) => stages.values.get(value)).find((stage) => stage !== undefined);
  return { stages, converted, created: has('lead'), becomes };
}

async function opportunityStages(
  client: SalesforceClient,
  surroundings: Surroundings,
  signal: AbortSignal | undefined,
) {
  const records = await client.query('SELECT ApiName, MasterLabel, IsClosed, IsWon FROM OpportunityStage', signal);
  const closed = new Map(
    records
      .filter((record) => text(record, 'IsClosed') === 'true')
      .map((record) => [text(record, 'ApiName') ?? '', text(record, 'IsWon') === 'true' ? 'won' : 'lost']),
  );
  const stages = stageValues('Opportunity.StageName', optionsOf(records), surroundings, {
    usual: ({ value }) => [closed.get(value) ?? []].flat(),
  });
  return { stages, created: surroundings.stages.find(({ key }) => key === 'opportunity')?.key };
}

function optionsOf(records: readonly SalesforceRecord[]): StageOption[] {
  return records.flatMap((record) => {
    const value = text(record, 'ApiName');
    return value === null ? [] : [{ value, label: text(record, 'MasterLabel') ?? value }];
  });
}
