import { HUBSPOT_SECRETS, hubspotConnector, type Connector, type Pace, type Secrets } from '@sama/connectors';
import { knownStages, type LoadedConfig } from '../config/config.ts';

/** The environment of this process, or what a test puts in its place. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The sources `sama sync` knows. */
export type SourceName = 'hubspot';

interface Source {
  title: string;
  /** What is read of it. */
  reads: string;
  secrets: readonly string[];
  open(config: LoadedConfig, secrets: Secrets, environment: Environment, pace: Pace | undefined): Connector;
}

/** How each source is opened. */
export const SOURCES: Record<SourceName, Source> = {
  hubspot: {
    title: 'HubSpot',
    reads: 'companies, contacts, deals and leads, with the history of their stages',
    secrets: HUBSPOT_SECRETS,
    open: (config, secrets, environment, pace) =>
      hubspotConnector(
        { base: environment['SAMA_HUBSPOT_URL'], secrets, ...(pace === undefined ? {} : { pace }) },
        surroundings(config, 'hubspot'),
      ),
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
  return SOURCES[name].open(config, secrets, environment, pace);
}

function surroundings({ definitions, currency, given }: LoadedConfig, name: SourceName) {
  return { stages: knownStages(definitions), currency, settings: given.connectors?.[name] ?? {} };
}
