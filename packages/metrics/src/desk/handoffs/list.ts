import type { HandoffList, HandoffRow, HandoffsQuestion } from '../../contracts/index.ts';
import type { Desk } from '../desk.ts';
import { isMasked, type Asking } from '../reader.ts';
import { allowedFor } from './actions.ts';
import type { Entries, Entry } from './entries.ts';
import { faceOf } from './faces.ts';
import { ownerOf, readerOf } from './people.ts';
import { standingFor } from './standing.ts';
import { filterTest } from './views.ts';

/** A page of a view. */
export function handoffList(question: HandoffsQuestion, desk: Desk, entries: Entries, asking: Asking): HandoffList {
  const { view = 'mine', sort = 'rating', offset = 0, limit = 100 } = question;
  const masked = isMasked(asking);
  const standing = standingFor(sort, desk, entries, asking);
  const fits = filterTest(question.filter, entries, masked);
  const inView = standing.in(view, asking.at);
  const found = fits === null ? inView : inView.filter(fits);
  return {
    kind: 'handoffs',
    show: 'list',
    ledger: desk.version,
    ...(asking.reader === undefined ? {} : { me: readerOf(asking.reader) }),
    masked,
    view,
    counts: standing.counts(asking.at, fits),
    total: found.length,
    offset,
    rows: found.slice(offset, offset + limit).map((entry) => rowOf(entry, desk, asking)),
  };
}

/** A hand-off as a row of a list. */
export function rowOf({ id, state, now, due }: Entry, desk: Desk, asking: Asking): HandoffRow {
  const card = desk.lead(now.personId);
  const [touch] = card?.touches ?? [];
  return {
    ...headOf(id, { state, now }, desk),
    name: isMasked(asking) ? null : (card?.name ?? null),
    role: card?.role ?? null,
    company: card?.company?.name ?? null,
    why: touch === undefined ? null : { what: touch.what, at: touch.at },
    clock: due === null ? null : faceOf(now, due, asking.at),
    can: allowedFor(state, desk, asking),
  };
}

/** What rows and details begin with. */
export function headOf(id: string, { state, now }: Pick<Entry, 'state' | 'now'>, desk: Desk) {
  const { last, lastType, version } = state;
  return {
    id,
    version,
    status: now.status,
    rating: now.rating,
    owner: ownerOf(now, desk),
    last: {
      type: (lastType ?? '').slice('handoff.'.length),
      by: { id: last?.by.id ?? '', name: last?.by.name ?? '' },
      at: last?.at ?? '',
    },
  };
}
