export { decodeFunnel, type FunnelRows } from './decode.ts';
export { compileFunnel, horizonStatement, type FunnelStatements } from './statements.ts';
export { keepFacts } from './scope.ts';
