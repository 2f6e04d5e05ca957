import type { ActivityEvent, EntityRecord, Figure, StageEvent } from '@sama/metrics/contracts';

/** SQL literals of each event once, without those that another replaces, as an import leaves them. */
export function eventRows(events: readonly StageEvent[]): string[] {
  const replaced = (e: StageEvent): boolean =>
    events.some(
      (by) =>
        by !== e &&
        by.supersedes === e.source.recordId &&
        by.source.system === e.source.system &&
        by.entityType === e.entityType &&
        by.entityId === e.entityId,
    );
  const rows = new Map<string, string>();
  for (const e of events.filter((event) => !replaced(event))) {
    const [at, day] = e.at.length === 10 ? [undefined, e.at] : [Date.parse(e.at), undefined];
    const { system, recordId, field } = e.source;
    const identity = JSON.stringify([e.entityType, e.entityId, e.stage, at ?? day, system, recordId, field]);
    rows.set(identity, rowOf(e.entityType, e.entityId, e.stage, at, day, e.reason));
  }
  return [...rows.values()];
}

/** SQL literals of each activity once, as an import leaves them. */
export function activityRows(activities: readonly ActivityEvent[]): string[] {
  const rows = new Map<string, string>();
  for (const a of activities) {
    const [at, day] = a.at.length === 10 ? [undefined, a.at] : [Date.parse(a.at), undefined];
    const ids = [a.personId, a.accountId, a.opportunityId];
    const { system, recordId, field } = a.source;
    const identity = JSON.stringify([a.name, at ?? day, ids, system, recordId, field]);
    const values = [a.campaignId, a.owner, a.amount, a.currency, JSON.stringify(a.attributes)];
    if (!rows.has(identity)) rows.set(identity, rowOf(a.name, at, day, ...ids, ...values, system, recordId, field));
  }
  return [...rows.values()];
}

/** SQL literals of the last figure of each name, days and segment. */
export function figureRows(figures: readonly Figure[]): string[] {
  const rows = new Map<string, string>();
  for (const { name, from, to, value, currency, segment } of figures)
    rows.set(JSON.stringify([name, from, to, segment]), rowOf(name, from, to, value, currency, segment));
  return [...rows.values()];
}

/** SQL literals of the last record of each entity. */
export function recordRows(records: readonly EntityRecord[]): string[] {
  const rows = new Map<string, string>();
  for (const r of records) {
    const links = [r.accountId, r.personId, r.campaignId];
    const rest = [r.amount, r.currency, r.owner, r.currentStage, JSON.stringify(r.attributes), r.batch];
    rows.set(`${r.entityType} ${r.id}`, rowOf(r.entityType, r.id, ...links, ...rest));
  }
  return [...rows.values()];
}

function rowOf(...values: readonly (string | number | undefined)[]): string {
  const literals = values.map((value) =>
    value === undefined ? 'NULL' : typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`,
  );
  return `(${literals.join(', ')})`;
}
