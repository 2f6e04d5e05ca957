import {
  HUBSPOT_SECRETS,
  hubspotConnector,
  hubspotWriteBack,
  MARKETO_SECRETS,
  marketoConnector,
  SALESFORCE_SECRETS,
  salesforceConnector,
  salesforceWriteBack,
  type Connector,
  type Pace,
  type Secrets,
  type Surroundings,
  type WriteBack,
} from '@sama/connectors';
import { knownStages, type LoadedConfig } from '../config/config.ts';

/** The environment of this process, or what a test puts in its place. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The sources `sama sync` knows. */
export type SourceName = 'hubspot' | 'salesforce' | 'marketo';

/** What every connector is opened with. */
interface Access {
  base: string | undefined;
  secrets: Secrets;
  pace?: Pace;
}

interface Source {
  title: string;
  /** What is read of it. */
  reads: string;
  secrets: readonly string[];
  /** The variable that names another address. */
  address: string;
  open(access: Access, surroundings: Surroundings): Connector;
}

/** How each source is opened. */
export const SOURCES: Record<SourceName, Source> = {
  hubspot: {
    title: 'HubSpot',
    reads: 'companies, contacts, deals and leads, with the history of their stages',
    secrets: HUBSPOT_SECRETS,
    address: 'SAMA_HUBSPOT_URL',
    open: hubspotConnector,
  },
  salesforce: {
    title: 'Salesforce',
    reads: 'accounts, leads, contacts, opportunities, campaigns and their members, with the history of their stages',
    secrets: SALESFORCE_SECRETS,
    address: 'SAMA_SALESFORCE_URL',
    open: salesforceConnector,
  },
  marketo: {
    title: 'Marketo',
    reads: 'activities and the leads they are about',
    secrets: MARKETO_SECRETS,
    address: 'SAMA_MARKETO_URL',
    open: marketoConnector,
  },
};

/** The connector of a source as it is configured. Throws a ConnectorError when a secret is missing. */
export function openSource(
  name: SourceName,
  config: LoadedConfig,
  secrets: Secrets,
  environment: Environment,
  pace?: Pace,
): Connector {
  return SOURCES[name].open(accessTo(name, secrets, environment, pace), surroundings(config, name));
}

/** The way back to a source as it is configured. Throws a ConnectorError when a secret or the setting is missing. */
export function openWriteBack(
  name: 'hubspot' | 'salesforce',
  config: LoadedConfig,
  secrets: Secrets,
  environment: Environment,
  pace?: Pace,
): WriteBack {
  const open = name === 'hubspot' ? hubspotWriteBack : salesforceWriteBack;
  return open(accessTo(name, secrets, environment, pace), surroundings(config, name));
}

function accessTo(name: SourceName, secrets: Secrets, environment: Environment, pace: Pace | undefined): Access {
  return { base: environment[SOURCES[name].address], secrets, ...(pace === undefined ? {} : { pace }) };
}

function surroundings({ definitions, currency, given }: LoadedConfig, name: SourceName): Surroundings {
  return { stages: knownStages(definitions), currency, settings: given.connectors?.[name] ?? {} };
}
