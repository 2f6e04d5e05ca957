import type { Connector, Plan, Stream } from '../port/connector.ts';
import { ConnectorError } from '../port/errors.ts';
import type { Pace } from '../port/patience.ts';
import type { Secrets } from '../port/secrets.ts';
import type { Surroundings } from '../port/settings.ts';
import { stageValues } from '../port/stages.ts';
import { HubSpotClient } from './client.ts';
import { attributesOf, stampsOf } from './fields.ts';
import type { Property } from './shapes.ts';
import { pipelineStages, usualLeadStage, usualLifecycle, type Followed } from './stages.ts';
import { companies, contacts, deals, leads, type Account } from './streams.ts';

/** The names of HubSpot's secrets: a token of a private app, or the four of an app with sign-in. @beta */
export const HUBSPOT_SECRETS = [
  'SAMA_HUBSPOT_TOKEN',
  'SAMA_HUBSPOT_CLIENT_ID',
  'SAMA_HUBSPOT_CLIENT_SECRET',
  'SAMA_HUBSPOT_REFRESH_TOKEN',
] as const;

/** Kept of each object unless the settings name more. Nothing here says who somebody is. */
const USUAL = {
  companies: ['name', 'domain', 'industry', 'country', 'numberofemployees', 'annualrevenue', 'hs_is_target_account'],
  contacts: [
    'hs_analytics_source',
    'hs_analytics_source_data_1',
    'country',
    'industry',
    'hs_lead_status',
    'hubspotscore',
  ],
  deals: ['pipeline', 'dealtype', 'hs_analytics_source', 'hs_manual_forecast_category', 'closed_lost_reason'],
} as const;

/** How HubSpot is reached. @beta */
export interface HubSpotOptions {
  /** Default: `https://api.hubapi.com`. */
  base?: string | undefined;
  secrets: Secrets;
  pace?: Pace;
}

/**
 * Reads contacts, companies, deals and leads of HubSpot with the history of their stages. Property
 * names, stages and pipelines are those the account has.
 * @beta
 */
export function hubspotConnector(
  { base = 'https://api.hubapi.com', secrets, pace }: HubSpotOptions,
  surroundings: Surroundings,
): Connector {
  const client = new HubSpotClient(base, secrets, pace);
  return {
    system: 'hubspot',
    // The search shows a change some time after it was made.
    overlapMs: 10 * 60_000,
    plan: (signal) => plan(client, surroundings, signal),
  };
}

async function plan(client: HubSpotClient, surroundings: Surroundings, signal: AbortSignal | undefined): Promise<Plan> {
  const { settings } = surroundings;
  const ofContacts = await client.properties('contacts', signal);
  const ofCompanies = await client.properties('companies', signal);
  const ofDeals = await client.properties('deals', signal);
  const currency = await unlessForbidden(() => client.currency(signal));
  const { personId } = settings;
  if (personId !== undefined && !ofContacts.some(({ name }) => name === personId))
    throw new ConnectorError('settings', `personId: contacts have no property "${personId}".`);
  const account: Account = {
    client,
    source: 'hubspot',
    prefix: settings.idPrefix ?? 'hubspot:',
    owners: (await unlessForbidden(() => client.owners(signal))) ?? new Map(),
    currency: currency ?? surroundings.currency,
    personId,
  };
  const attributes = (object: keyof typeof USUAL, properties: readonly Property[]) =>
    attributesOf(object, properties, USUAL[object], settings.attributes?.[object]);
  const created = surroundings.stages.find(({ key }) => key === 'opportunity')?.key;
  const ofLeads = await leadStreams(client, account, surroundings, signal);
  const streams = [
    companies(account, attributes('companies', ofCompanies)),
    contacts(account, attributes('contacts', ofContacts), followedOfContacts(ofContacts, surroundings)),
    deals(account, attributes('deals', ofDeals), await followedOfDeals(client, ofDeals, surroundings, signal), created),
    ...ofLeads,
  ];
  const notes =
    ofLeads.length > 0
      ? []
      : [
          'The object "leads" is not read: this edition of HubSpot has none, or the credentials lack crm.objects.leads.read.',
        ];
  return { streams, notes };
}

/** The lifecycle stage, and every other property the settings give stages for. */
function followedOfContacts(properties: readonly Property[], surroundings: Surroundings): Followed[] {
  const others = Object.keys(surroundings.settings.stages ?? {}).filter(
    (name) => !['lifecyclestage', 'dealstage', 'hs_pipeline_stage'].includes(name),
  );
  return ['lifecyclestage', ...others].map((name) => {
    const property = properties.find((one) => one.name === name);
    if (property === undefined) throw new ConnectorError('settings', `stages: contacts have no property "${name}".`);
    const options = property.options ?? [];
    // Only the lifecycle has stages by itself; another property has those the settings give it.
    const own = name === 'lifecyclestage';
    const stages = stageValues(name, options, surroundings, own ? { usual: usualLifecycle } : { byName: false });
    const stamps = own
      ? stampsOf(
          properties,
          options.map(({ value }) => value),
        )
      : new Map<string, string>();
    return { property: name, stages, stamps };
  });
}

async function followedOfDeals(
  client: HubSpotClient,
  properties: readonly Property[],
  surroundings: Surroundings,
  signal: AbortSignal | undefined,
): Promise<Followed> {
  const { options, closed } = pipelineStages(await client.pipelines('deals', signal));
  const stages = stageValues('dealstage', options, surroundings, { usual: closed });
  return {
    property: 'dealstage',
    stages,
    stamps: stampsOf(
      properties,
      options.map(({ value }) => value),
    ),
  };
}

/** Leads are an object of the larger editions; without it there is nothing to read, and no fault. */
async function leadStreams(
  client: HubSpotClient,
  account: Account,
  surroundings: Surroundings,
  signal: AbortSignal | undefined,
): Promise<Stream[]> {
  const properties = await unlessForbidden(() => client.properties('leads', signal));
  const pipelines =
    properties === undefined ? undefined : await unlessForbidden(() => client.pipelines('leads', signal));
  if (properties === undefined || pipelines === undefined) return [];
  const { options } = pipelineStages(pipelines);
  const stages = stageValues('hs_pipeline_stage', options, surroundings, { usual: usualLeadStage });
  const stamps = stampsOf(
    properties,
    options.map(({ value }) => value),
  );
  return [leads(account, { property: 'hs_pipeline_stage', stages, stamps })];
}

async function unlessForbidden<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ConnectorError && (error.code === 'forbidden' || error.code === 'not-found')) return undefined;
    throw error;
  }
}
