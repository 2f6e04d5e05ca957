import type { FunnelDefinition } from '@sama/metrics/contracts';

/** The names behind the agreement: the heads of the two teams. */
const MARKETING_HEAD = 'Gasket Exampleton';
const SALES_HEAD = 'Lever Testerman';

/** Both teams on one day. */
export const agreedOn = (day: string): NonNullable<FunnelDefinition['agreedBy']> => [
  { team: 'marketing', by: MARKETING_HEAD, at: `${day}T10:05:00Z` },
  { team: 'sales', by: SALES_HEAD, at: `${day}T14:40:00Z` },
];

const key = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-|-$/gu, '');

/** A segment for each value of an attribute. */
export const segmentsOf = (prefix: string, attribute: string, values: readonly string[]) =>
  values.map((value) => ({
    id: `${prefix}-${key(value)}`,
    label: value,
    where: { field: `attributes.${attribute}`, eq: value },
  }));
