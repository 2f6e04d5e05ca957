/** Each event once, without those that another replaces, as an import leaves them. */
export function eventValues(events) {
  const rows = new Map();
  for (const e of events) {
    const replaced = events.some(
      (by) =>
        by !== e &&
        by.supersedes === e.source.recordId &&
        by.source.system === e.source.system &&
        by.entityType === e.entityType &&
        by.entityId === e.entityId,
    );
    if (replaced) continue;
    const [at_ms, at_day] = e.at.length === 10 ? [null, e.at] : [Date.parse(e.at), null];
    const { system, recordId, field } = e.source;
    rows.set(JSON.stringify([e.entityType, e.entityId, e.stage, at_ms ?? at_day, system, recordId, field]), {
      entity_type: e.entityType,
      entity_id: e.entityId,
      stage: e.stage,
      at_ms,
      at_day,
    });
  }
  return [...rows.values()];
}

/** The last record of each entity. */
export function recordValues(records) {
  const rows = records.map((r) => [
    `${r.entityType} ${r.id}`,
    {
      entity_type: r.entityType,
      id: r.id,
      account_id: r.accountId ?? null,
      person_id: r.personId ?? null,
      campaign_id: r.campaignId ?? null,
      amount: r.amount ?? null,
      currency: r.currency ?? null,
      owner: r.owner ?? null,
      current_stage: r.currentStage ?? null,
      attributes: JSON.stringify(r.attributes),
      batch: r.batch ?? null,
    },
  ]);
  return [...new Map(rows).values()];
}
