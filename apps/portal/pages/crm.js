// What a record does with its widgets: an address opens a view of the list, a figure opens the hand-offs behind it, and
// a lead that is opened is named in the record.
const VIEWS = new Set(['mine', 'team', 'returned', 'breached', 'all']);
/** What both figures are made of. */
const BEHIND = { acceptance: 'returned', 'in-time': 'breached' };

addEventListener('DOMContentLoaded', () => {
  const queue = document.querySelector('sama-handoff-queue');
  const open = document.getElementById('opened');
  const show = (view) => {
    if (VIEWS.has(view)) queue.setAttribute('view', view);
  };
  show(new URLSearchParams(location.search).get('view'));

  for (const type of ['sama-kpi-select', 'sama-drill'])
    addEventListener(type, ({ detail: { kpi } }) => {
      show(BEHIND[kpi]);
      queue.scrollIntoView({ block: 'nearest' });
    });

  addEventListener('sama-lead-select', ({ detail: { name } }) => {
    open.textContent = name === null ? '' : `Open: ${name}`;
  });
});
