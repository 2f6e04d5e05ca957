// What a page does with what its reader chooses in a widget: here it leads on to the list of the CRM.

/** The view of the hand-offs that shows whom a leak is about. */
const VIEWS = { overdue: 'breached', undecided: 'team', unowned: 'team' };
/** The view that shows what a figure of both teams is made of. */
const BEHIND = { acceptance: 'returned', 'in-time': 'breached', 'accepted-leads': 'all' };
/** Stages that sales works on. */
const HANDED_OVER = new Set(['mql', 'sal', 'sql']);

const linkTo = (view) => `/crm.html?view=${view}#handoffs`;

/** One line below the widget that was pressed; said once, and gone when something else is chosen. */
function offer(widget, text, view) {
  document.querySelector('.onward')?.remove();
  if (view === undefined) return;
  const line = document.createElement('p');
  line.className = 'onward';
  line.setAttribute('role', 'status');
  const link = document.createElement('a');
  link.href = linkTo(view);
  link.textContent = text;
  widget.after(line);
  // What is said into a line that stands already is read out.
  line.append(link);
}

addEventListener('sama-stage-select', ({ target, detail: { stage, label } }) => {
  offer(target, `Work on ${label} in the CRM`, HANDED_OVER.has(stage) ? 'team' : undefined);
});

addEventListener('sama-kpi-select', ({ target, detail: { kpi, label } }) => {
  offer(target, `See what ${label} is made of in the CRM`, BEHIND[kpi]);
});

// A leak is left to the CRM, which knows what is done about it, and not listed in the chart.
addEventListener('sama-drill', (event) => {
  const { target, detail } = event;
  if (detail.kind === 'trend')
    return offer(target, `See what ${detail.label} is made of in the CRM`, BEHIND[detail.kpi]);
  if (detail.kind !== 'leak') return offer(target, '', undefined);
  event.preventDefault();
  location.assign(linkTo(VIEWS[detail.leak]));
});
