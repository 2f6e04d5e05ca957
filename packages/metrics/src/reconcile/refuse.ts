import type { ReconcileRefusal, RefusalCode } from './contracts.ts';

/** A reconciliation that cannot be, naming the field and the remedy. */
export function refuse(
  code: RefusalCode,
  field: string,
  message: string,
  answer?: ReconcileRefusal['answer'],
): ReconcileRefusal {
  return { v: 1, status: 'refused', code, field, message: `${field}: ${message}`, ...(answer && { answer }) };
}
