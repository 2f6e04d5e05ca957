export { decodeEntries, decodeFunnel, type FunnelRows } from './decode.ts';
export {
  compileEntries,
  compileFunnel,
  horizonStatement,
  type EntryStatements,
  type FunnelStatements,
} from './statements.ts';
export { factsAmong, keepFacts, throughStatement } from './scope.ts';
