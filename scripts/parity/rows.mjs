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
      reason: e.reason ?? null,
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

/** Each activity once, as an import leaves them. */
export function activityValues(activities) {
  const rows = new Map();
  for (const a of activities) {
    const [at_ms, at_day] = a.at.length === 10 ? [null, a.at] : [Date.parse(a.at), null];
    const links = [a.personId, a.accountId, a.opportunityId];
    const { system, recordId, field } = a.source;
    const identity = JSON.stringify([a.name, at_ms ?? at_day, links, system, recordId, field]);
    if (rows.has(identity)) continue;
    rows.set(identity, {
      name: a.name,
      at_ms,
      at_day,
      person_id: a.personId ?? null,
      account_id: a.accountId ?? null,
      opportunity_id: a.opportunityId ?? null,
      campaign_id: a.campaignId ?? null,
      owner: a.owner ?? null,
      amount: a.amount ?? null,
      currency: a.currency ?? null,
      attributes: JSON.stringify(a.attributes),
      system,
      record_id: recordId,
      field: field ?? null,
    });
  }
  return [...rows.values()];
}

/** Of the figures with the same name, days and segment the last one. */
export function figureValues(figures) {
  const rows = figures.map(({ name, from, to, value, currency, segment }) => [
    JSON.stringify([name, from, to, segment]),
    { name, from_day: from, to_day: to, value, currency: currency ?? null, segment: segment ?? null },
  ]);
  return [...new Map(rows).values()];
}
