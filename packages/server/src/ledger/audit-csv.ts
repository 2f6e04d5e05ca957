import type { LedgerAuditLine } from '@sama/metrics/desk';
import { csvField } from '../import/csv-field.ts';

const FIELDS = [
  'seq',
  'kind',
  'target',
  'version',
  'commandId',
  'at',
  'zone',
  'actorId',
  'team',
  'role',
  'via',
  'event',
  'before',
  'after',
  'ownerBefore',
  'ownerAfter',
  'reason',
] as const satisfies readonly (keyof LedgerAuditLine)[];

/** The audit trail as CSV (RFC 4180), with a head. */
export function auditCsv(lines: readonly LedgerAuditLine[]): string {
  const rows = lines.map((line) => FIELDS.map((name) => csvField(String(line[name] ?? ''))).join(','));
  return `${[FIELDS.join(','), ...rows].join('\r\n')}\r\n`;
}
