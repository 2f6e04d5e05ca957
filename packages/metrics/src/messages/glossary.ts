import type { Message } from './fill.ts';

/** English words for what a linter says of a word. @public */
export const lintMessages = {
  avoided: '“{found}” is not an agreed word. Say {say}.',
  retired: '“{found}” is no longer used.',
} satisfies Readonly<Record<string, Message>>;

/** English words for the preview of a changed term. @public */
export const impactMessages = {
  none: 'No record shows what this changes.',
  same: 'All {before} records would stay as they are.',
  lost: '{lost} of {before} would not qualify.',
  gained: '{gained|# more record|# more records} would qualify.',
  rate: '{rate}: {before%} → {after%}.',
} satisfies Readonly<Record<string, Message>>;
