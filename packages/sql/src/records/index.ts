export { compileRecords, decodeRecords, type RecordRows, type RecordStatements } from './records.ts';
