export { decodeEventFunnel } from './decode.ts';
export { ACTIVITIES_TABLE, eventDays, type EventQuery } from './source.ts';
export { compileEventFunnel, type EventFunnelStatements } from './statements.ts';
