import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type HandoffsQuestion, OWNER_RIGHTS } from '../../contracts/index.ts';
import { ACTIONS, DANA, ELI, MANAGER, MARKETING, STAFF, SYSTEM } from '../../testing/handoff-desk.ts';
import { seatedDesk } from '../../testing/seated.ts';
import { Desk, type DeskEvent } from '../desk.ts';
import { entriesOf } from './entries.ts';
import { handoffList } from './list.ts';

const PEOPLE = [DANA, MARKETING, SYSTEM, ELI, MANAGER];
const VIEWS = ['mine', 'team', 'returned', 'breached', 'all'] as const;
const LINES = Object.values(ACTIONS);

test('lists that were kept say what a desk opened anew says, whatever happened and however late it is', async () => {
  const step = fc.record({
    id: fc.constantFrom('H1', 'H2', 'H3'),
    action: fc.nat(LINES.length - 1),
    by: fc.nat(PEOPLE.length - 1),
    wait: fc.integer({ min: 0, max: 240 }),
  });
  let listed = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 40 }), async (steps) => {
      const made = seatedDesk();
      const events: DeskEvent[] = [];
      made.desk.onEvent((event) => events.push(event));
      for (const { id, action, by, wait } of steps) {
        made.wait(wait);
        await made.give(id, PEOPLE[by] ?? SYSTEM, LINES[action] ?? ACTIONS.draft);
        const fresh = new Desk({ staff: STAFF, calendars: made.desk.calendars }, events);
        for (const view of VIEWS) {
          const question: HandoffsQuestion = { kind: 'handoffs', view, sort: 'due' };
          const asking = { rights: OWNER_RIGHTS, reader: PEOPLE[by], at: made.at(), timeZone: 'UTC' };
          const list = (of: Desk) => {
            const { counts, total, rows } = handoffList(question, of, entriesOf(of), asking);
            return { counts, total, ids: rows.map((row) => row.id) };
          };
          expect(list(made.desk)).toEqual(list(fresh));
          listed += list(fresh).total;
        }
      }
    }),
    { numRuns: 30, seed: 7 },
  );
  expect(listed).toBeGreaterThan(300);
});
