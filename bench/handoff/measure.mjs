/** Started by `handoff.mjs` in a process of its own. */
import {
  applyHandoffEvent,
  createHandoffBook,
  decideHandoff,
  initialHandoff,
  readHandoffPolicy,
} from '../../packages/metrics/dist/handoff/index.js';
import { report } from '../in-child.mjs';
import { median, timed } from '../measure.mjs';

const HANDOFFS = 100_000;
/** Open at the same time. */
const OPEN = 2_000;
const DECISIONS = 50_000;
const ROUNDS = 5;
const START = Date.UTC(2026, 5, 1, 9);

const mia = { id: 'mia', name: 'Mia', team: 'marketing', role: 'marketing' };
const sellers = Array.from({ length: 50 }, (_, i) => ({
  id: `s${i}`,
  name: `Seller ${i}`,
  team: 'sales',
  role: 'seller',
}));
const way = [
  ['draft', (i) => ({ personId: `P${i}`, rating: 'A1', source: 'web' })],
  ['offer', () => ({ pool: 'all' })],
  ['return', () => ({ missing: [{ element: 'missing.phone' }] })],
  ['resubmit', () => ({ answers: [{ element: 'missing.phone', answer: 'completed' }] })],
  ['accept', () => ({})],
  ['logResponse', () => ({ activity: 'call', direction: 'out', by: 'human' })],
  ['undo', () => ({})],
  ['qualify', () => ({})],
];
const marketing = new Set(['draft', 'offer', 'resubmit']);

/** What happens at one step to one hand-off. */
const event = (i, step) => {
  const [name, payload] = way[step];
  return {
    v: 1,
    commandId: `c${i}-${step}`,
    target: `H${i}`,
    version: step + 1,
    by: marketing.has(name) ? mia : sellers[i % sellers.length],
    at: new Date(START + Math.floor(i / OPEN) * 86_400_000 + step * 60_000).toISOString(),
    action: { type: `handoff.${name}`, payload: payload(i) },
  };
};

/** Those that are open together go through each step one after the other. */
const events = [];
for (let first = 0; first < HANDOFFS; first += OPEN) {
  for (let step = 0; step < way.length; step += 1) {
    for (let i = first; i < first + OPEN; i += 1) events.push(event(i, step));
  }
}

const qualified = (states) => {
  let count = 0;
  for (const { now } of states) if (now?.status === 'qualified') count += 1;
  if (count !== HANDOFFS) throw new Error(`${HANDOFFS - count} hand-offs are not qualified`);
};

const rates = { reducer: [], book: [], decisions: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  const states = new Map();
  const reducer = await timed(() => {
    for (const event of events) {
      const { target } = event;
      states.set(target, applyHandoffEvent(states.get(target) ?? initialHandoff(target), event));
    }
  });
  qualified(states.values());
  let book;
  const booking = await timed(() => (book = createHandoffBook(events)));
  qualified(book.all());

  const log = Array.from({ length: 7 }, (_, step) => event(0, step));
  const context = {
    by: sellers[0],
    at: new Date(START + 3_600_000).toISOString(),
    policy: readHandoffPolicy(),
    staff: { sellers: [], pools: [] },
    others: book,
  };
  const deciding = await timed(() => {
    for (let i = 0; i < DECISIONS; i += 1) {
      const command = {
        v: 1,
        commandId: `d${i}`,
        expectedVersion: 7,
        target: 'H0',
        type: 'handoff.qualify',
        payload: {},
      };
      const { status } = decideHandoff(log, command, context);
      if (status !== 'done') throw new Error(`the command was ${status}`);
    }
  });
  if (round === 0) continue;
  rates.reducer.push((1000 * events.length) / reducer);
  rates.book.push((1000 * events.length) / booking);
  rates.decisions.push((1000 * DECISIONS) / deciding);
}
await report({ reducer: median(rates.reducer), book: median(rates.book), decisions: median(rates.decisions) });
