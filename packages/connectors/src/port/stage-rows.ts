import type { Mapping } from '@sama/metrics/contracts';
import type { Row, TablePlan } from './connector.ts';

/** Columns of a table of stage changes. */
const COLUMNS = { id: 'id', stage: 'stage', at: 'at', recordId: 'record', reason: 'reason' } as const;

/** How a table of stage changes is read. Its stages are Sama's own already. */
export function stageTable(name: string, entityType: Mapping['entityType'], source: string): TablePlan {
  const mapping: Mapping = {
    v: 1,
    source,
    rows: 'events',
    entityType,
    id: COLUMNS.id,
    event: { stage: { column: COLUMNS.stage }, at: COLUMNS.at, recordId: COLUMNS.recordId, reason: COLUMNS.reason },
  };
  return { name, mapping, fields: [] };
}

/** One row of a table of stage changes. */
export function stageRow(id: string, stage: string, at: string, recordId: string, reason: string | null = null): Row {
  return { id, stage, at, record: recordId, reason };
}
