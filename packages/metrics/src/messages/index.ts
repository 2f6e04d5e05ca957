import type { Warning } from '../contracts/index.ts';
import { fillMessage } from './fill.ts';
import { warningMessages } from './warnings.ts';

export * from './criteria.ts';
export * from './errors.ts';
export * from './fill.ts';
export * from './flags.ts';
export * from './glossary.ts';
export * from './null-reasons.ts';
export * from './reconcile.ts';
export * from './warnings.ts';

/** A warning as an English sentence. @public */
export function warningText(warning: Warning): string {
  return fillMessage(warningMessages[warning.code], warning.params);
}
