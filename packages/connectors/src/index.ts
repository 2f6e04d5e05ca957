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
