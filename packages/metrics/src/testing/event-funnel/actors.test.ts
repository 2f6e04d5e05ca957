import { describe, expect, test } from 'vitest';
import { OWNER_RIGHTS, type ActivityEvent, type EntityRecord } from '../../contracts/index.ts';
import { createMemoryEngine } from '../../engine/index.ts';
import { journey, record } from '../scene.ts';
import { ask, countsOf } from './asking.ts';
import { day, funnelOf, happenings, having } from './scene.ts';

describe('actors', () => {
  const records: EntityRecord[] = [
    record('ana', { accountId: 'acme', attributes: { team: 'north' } }),
    record('ben', { accountId: 'acme', attributes: { team: 'south' } }),
  ];
  const activities: ActivityEvent[] = [
    ...happenings('ana', [['a', day(1), { session: 's1' }]]),
    ...happenings('ben', [['b', day(2), { session: 's1' }]]),
    ...happenings('nobody', [['a', day(1)]]),
  ];
  const ab = funnelOf(['a', 'b']);

  test('an account is that of the person, and its persons go the way together', async () => {
    expect(countsOf(await ask({ activities, records }, { ...ab, actor: 'account' }))).toEqual([1, 1]);
    const { coverage } = await createMemoryEngine({ activities, records }).answer(
      { kind: 'eventFunnel', funnel: 'events' },
      { definitions: [{ ...ab, actor: 'account' }], rights: OWNER_RIGHTS, asOf: day(9), timeZone: 'UTC' },
    );
    expect(coverage).toMatchObject({ entities: 1, unlinked: 1 });
  });

  test('whoever may not see a person does not see its events, whatever groups them', async () => {
    const rights = { ...OWNER_RIGHTS, rows: having({ team: 'north' }) };
    const seen = async (actor: 'person' | { property: 'attributes.session' }) => {
      const { data } = await createMemoryEngine({ activities, records }).answer(
        { kind: 'eventFunnel', funnel: 'events' },
        { definitions: [{ ...ab, actor }], rights, asOf: day(9), timeZone: 'UTC' },
      );
      return data?.kind === 'eventFunnel' ? countsOf(data) : undefined;
    };
    expect(await seen('person')).toEqual([1, 0]);
    expect(await seen({ property: 'attributes.session' })).toEqual([1, 0]);
  });
});

describe('stages as events', () => {
  const activities = happenings('ana', [
    ['form', day(1)],
    ['form', day(9)],
  ]);
  const records = [
    record('ana', { accountId: 'acme' }),
    record('opportunity:o1', { personId: 'ana', accountId: 'acme' }),
  ];
  const events = [
    ...journey('ana', ['mql 2026-01-03', 'sal 2026-01-04T10:00']),
    ...journey('opportunity:o1', ['won 2026-01-20T10:00']),
  ];
  const way = funnelOf([
    { id: 'form', event: 'form' },
    { id: 'mql', event: 'stage:mql' },
    { id: 'won', event: 'stage:won' },
  ]);

  test('what people did and where they stood is one way, for persons and for accounts', async () => {
    const both = { ...way, source: 'both' } as const;
    expect(countsOf(await ask({ activities, records, events }, both))).toEqual([1, 1, 1]);
    expect(countsOf(await ask({ activities, records, events }, { ...both, actor: 'account' }))).toEqual([1, 1, 1]);
    const { outcomes } = await ask({ activities, records, events }, { ...both, unit: 'entry' });
    expect(outcomes).toEqual({ entered: 2, converted: 1, open: 1, dropped: 0 });
  });

  test('each is there alone, too', async () => {
    expect(countsOf(await ask({ activities, records, events }, way))).toEqual([1, 0, 0]);
    const stages = { ...way, source: 'stages', steps: way.steps.slice(1) } as const;
    expect(countsOf(await ask({ activities, records, events }, stages))).toEqual([1, 1]);
  });
});
