export {
  CsvScanner,
  DEFAULT_MAX_ROW_BYTES,
  lineOf,
  type BadRow,
  type LineStep,
  type ScanOptions,
  type ScanResult,
} from './csv/scan.ts';
export { guessDelimiter, headerNames, sampleRows, usesCr, type DelimiterGuess } from './csv/sample.ts';
export { JsonShapeError, JsonSplitter, type JsonElement } from './json/elements.ts';
export { flattenObject, type FlatObject } from './json/flatten.ts';
export { openDecimals, profileColumn, type ColumnProfile } from './propose/profile.ts';
export {
  NoProposalError,
  proposeMapping,
  type Guess,
  type KnownStage,
  type Proposal,
  type ProposalOptions,
} from './propose/propose.ts';
export {
  detectFormat,
  readSample,
  SAMPLE_BYTES,
  UnreadableFileError,
  type FileFormat,
  type Sample,
  type SampleOptions,
} from './propose/sample.ts';
export { decodeSample, guessEncoding, nearest, type Encoding, type EncodingGuess } from './text.ts';
export {
  tally,
  type Connector,
  type Findings,
  type Page,
  type Plan,
  type Range,
  type Row,
  type Stream,
  type TablePlan,
} from './port/connector.ts';
export { ConnectorError, type ConnectorFault } from './port/errors.ts';
export { REAL_PACE, type Pace } from './port/patience.ts';
export { readSecretsText, Secrets } from './port/secrets.ts';
export { ConnectorSettings, WriteBackSettings, type Surroundings } from './port/settings.ts';
export { type HandoffOutcome, type WriteBack, type WriteBackResult, type WrittenField } from './port/write-back.ts';
export { hubspotWriteBack } from './hubspot/write-back.ts';
export { salesforceWriteBack } from './salesforce/write-back.ts';
export { HUBSPOT_SECRETS, hubspotConnector, type HubSpotOptions } from './hubspot/hubspot.ts';
export { MARKETO_SECRETS, type MarketoOptions } from './marketo/client.ts';
export { marketoConnector } from './marketo/marketo.ts';
export { SALESFORCE_SECRETS, type SalesforceOptions } from './salesforce/client.ts';
export { salesforceConnector } from './salesforce/salesforce.ts';
