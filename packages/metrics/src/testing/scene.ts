import type { EntityRecord, StageEvent } from '../contracts/index.ts';

/** What a helper takes over into every event it makes. */
type EventPart = Partial<Omit<StageEvent, 'source'>> & { system?: string; recordId?: string; field?: string };

/**
 * Events from lines such as `mql 2026-01-05`, `mql 2026-01-05T10:00` (UTC) or `mql 2026-01-05T10:00+01:00`. The entity
 * is a person unless it is named `account:A1` or `opportunity:O1`. Record ids are the entity's id and a number.
 */
export function journey(entity: string, lines: readonly string[], part: EventPart = {}): StageEvent[] {
  const { system = 'crm', recordId, field, ...rest } = part;
  return lines.map((line, index) => {
    const [stage = '', at = ''] = line.split(' ');
    return {
      ...entityOf(entity),
      stage,
      at: instantText(at),
      source: { system, recordId: recordId ?? `${entity}-${index + 1}`, ...(field !== undefined && { field }) },
      batch: 'b1',
      ...rest,
    };
  });
}

/** A record; the entity is named as in `journey`. */
export function record(entity: string, part: Partial<EntityRecord> = {}): EntityRecord {
  const { entityId: id, entityType } = entityOf(entity);
  return { attributes: {}, batch: 'b1', ...part, id, entityType };
}

function entityOf(entity: string): Pick<StageEvent, 'entityId' | 'entityType'> {
  const [type, id] = entity.split(':');
  if (id === undefined) return { entityId: entity, entityType: 'person' };
  return { entityId: id, entityType: type === 'account' ? 'account' : 'opportunity' };
}

/** A day stays a day; a local time without an offset is read as UTC. */
function instantText(at: string): string {
  if (!at.includes('T')) return at;
  const withSeconds = /T\d{2}:\d{2}(?=$|[Z+-])/.test(at) ? at.replace(/(T\d{2}:\d{2})/, '$1:00') : at;
  return /(?:Z|[+-]\d{2}:\d{2})$/.test(withSeconds) ? withSeconds : `${withSeconds}Z`;
}
