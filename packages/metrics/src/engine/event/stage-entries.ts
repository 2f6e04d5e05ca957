import type { ActivityEvent } from '../../contracts/index.ts';
import { addDays } from '../../time/index.ts';
import type { Dataset } from '../dataset.ts';

const TYPES = ['person', 'account', 'opportunity'] as const;

/** Every entry into a stage as an event of the name `stage:KEY`, with the links of its record. Replaced ones and doubles are out. */
export function* stageEntries({ entities, events, stages }: Dataset): Generator<ActivityEvent> {
  for (const type of TYPES) {
    const columns = events[type];
    for (let i = 0; i < columns.length; i++) {
      const row = columns.entity[i] ?? 0;
      const id = entities[type].id(row);
      const ms = columns.at[i] ?? 0;
      const linked = (link: 'personId' | 'accountId'): Partial<ActivityEvent> => {
        const value = entities[type].link(row, link);
        return typeof value === 'string' ? { [link]: value } : {};
      };
      yield {
        name: `stage:${stages.values[columns.stage[i] ?? 0] ?? ''}`,
        at: Number.isNaN(ms) ? addDays('1970-01-01', columns.day[i] ?? 0) : new Date(ms).toISOString(),
        ...linked('personId'),
        ...linked('accountId'),
        [`${type}Id`]: id,
        attributes: {},
        source: { system: 'stages', recordId: `${type} ${id}` },
        batch: 'stages',
      };
    }
  }
}
