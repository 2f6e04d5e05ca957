/** The element as pages load it, over a desk with many hand-offs in the same page. */
import '../../packages/elements/dist/cdn/sama-handoff-queue.js';
import { DEMO_AS_OF, DEMO_TIME_ZONE, demoDefinitions, demoDesk } from '../../packages/demo/dist/index.js';
import { localSource } from '../../packages/metrics/dist/client/index.js';
import { OWNER_RIGHTS } from '../../packages/metrics/dist/contracts/index.js';
import { createMemoryDesk } from '../../packages/metrics/dist/desk/index.js';

const ALL = { kind: 'handoffs', show: 'list', view: 'all', sort: 'rating', offset: 0, limit: 100 };
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
/** When the frame that is drawn next is on the screen. */
async function painted() {
  await frame();
  await new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', resolve, { once: true });
    port1.start();
    port2.postMessage(0);
  });
}

let source;
let queue;

/** Opens the desk and asks it once, as the readers before this one did. */
window.prepare = async (handoffs) => {
  const { leads, readers, ...demo } = demoDesk({ persons: 100_000, handoffs });
  const cards = new Map(leads.map((card) => [card.id, card]));
  const { engine, sit } = createMemoryDesk({ ...demo, lead: (id) => cards.get(id), now: () => DEMO_AS_OF });
  const seat = sit({
    reader: readers.manager,
    rights: OWNER_RIGHTS,
    definitions: demoDefinitions(),
    timeZone: DEMO_TIME_ZONE,
  });
  source = localSource(engine, seat.context, seat.ledger);
  const { data } = await source.query(ALL);
  return data.total;
};

/** Milliseconds of one answer, without any element. */
window.answer = async () => {
  const start = performance.now();
  await source.query(ALL);
  return performance.now() - start;
};

const rows = () => [...queue.shadowRoot.querySelectorAll('.row .lead')];

/** Milliseconds until a new queue stands on the screen. */
window.openQueue = async () => {
  queue?.remove();
  await painted();
  const start = performance.now();
  queue = document.createElement('sama-handoff-queue');
  queue.setAttribute('view', 'all');
  queue.source = source;
  document.body.append(queue);
  do await painted();
  while (rows().length === 0);
  const ms = performance.now() - start;
  await queue.updateComplete;
  return { ms, rows: rows().length, told: Number(queue.shadowRoot.querySelector('.leads').ariaRowCount) };
};

/** Milliseconds from each press to the frame that shows it. */
window.press = async (key, times) => {
  const list = queue.shadowRoot.querySelector('.leads');
  list.focus();
  const taken = [];
  for (let i = 0; i < times; i += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20 + (i % 5) * 3));
    const before = list.getAttribute('aria-activedescendant');
    const start = performance.now();
    list.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
    await painted();
    taken.push(performance.now() - start);
    if (list.getAttribute('aria-activedescendant') === before) throw new Error(`${key} led nowhere`);
  }
  return taken;
};

/** Looks at rows all over the list, so that what is kept of them is kept. */
window.wander = async () => {
  const list = queue.shadowRoot.querySelector('.leads');
  const most = list.scrollHeight;
  for (let i = 1; i <= 60; i += 1) {
    list.scrollTop = (most * i) / 61;
    await painted();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return rows().length;
};
