import type { GlossaryTerm } from '@sama/metrics/contracts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Counts } from '../internal/counts.ts';
import { menuTemplate, type Part } from '../internal/frame.ts';
import { halfMark } from '../internal/half-mark.ts';
import { okIcon, halfIcon, noteIcon, warnIcon } from '../internal/icons.ts';
import type { Later } from '../internal/later.ts';
import { teamName } from '../internal/states.ts';
import type { GlossaryWords } from '../locale/index.ts';
import { changesTemplate, historyTemplate } from './changes.ts';
import type { Doing } from './doing.ts';
import type { Desk } from './glossary-desk-part.ts';
import { gravestOf, impactText } from './impact.ts';
import { nameOf } from './standing.ts';

/** What a term is drawn from. */
export interface Detail {
  full: GlossaryTerm;
  /** Whether more of it is awaited. */
  partial: boolean;
  names: ReadonlyMap<string, string>;
  doing: Doing;
  form: Part;
  later: Later<Desk>;
  f: Counts;
  t: GlossaryWords;
}

const TEAMS = ['marketing', 'sales'] as const;

/** One term: what it means, when it is true, who agrees, and what rests on it. */
export function detailTemplate(detail: Detail): TemplateResult {
  const { full, partial, doing, form, later, f, t } = detail;
  const { term } = full;
  return html`<section class="detail" aria-label=${nameOf(term)} aria-busy=${partial} part="term">
    <div class="top">
      <h3 class="name" tabindex="-1" lang=${term.lang ?? nothing}>${nameOf(term)}</h3>
      ${menuTemplate(later, t, ({ actionsOf }) => actionsOf(full, doing, t))}
    </div>
    <p class="meta">
      <span>${full.inForce ? t.inForce(term.version) : t.notInForce(term.version)}</span>
      ${term.owners.map((owner) => html`<span class="team">${halfMark(owner)}${owner === 'both' ? t.ownedBy.both : t.ownedBy.one(t.owners[owner])}</span>`)}
    </p>
    <p class="definition" lang=${term.lang ?? nothing}>${term.definition}</p>
    ${term.description ? html`<p class="remarks">${term.description}</p>` : nothing}
    ${criteriaTemplate(detail)}${partial ? nothing : notesOf(detail)}
    ${partial || (full.ledgerVersion === 0 && Object.keys(full.approvals).length === 0) ? nothing : votesTemplate(detail)}
    ${form === nothing ? buttonsTemplate(doing, full, t) : form}
    ${partial ? nothing : html`${usesTemplate(detail)}${historyTemplate(full.history, f, t)}`}
  </section>`;
}

/** When the term is true, in words; of a text to come what is new and what is gone. */
function criteriaTemplate({ full, t }: Detail): Part {
  const { term, open } = full;
  const lines = open === null ? full.criteria.map((line) => ({ ...line, mark: 'kept' as const })) : open.criteria;
  const rule = open?.term.rule ?? term.rule;
  if (lines.length === 0 && rule === undefined) return nothing;
  const version = open?.term.version ?? '';
  const first = full.versions.length === 0;
  return html`<div class="when">
    <p>${t.trueWhen}</p>
    <ul>
      ${lines.map(({ depth, text, mark }) =>
        mark === 'kept' || first
          ? html`<li class="d${Math.min(depth, 2)}">${text}</li>`
          : html`<li class="d${Math.min(depth, 2)} ${mark}">
              ${mark === 'added' ? html`<ins>${text}</ins>` : html`<del>${text}</del>`}
              <small>${mark === 'added' ? t.newIn(version) : t.goneIn(version)}</small>
            </li>`,
      )}
      ${rule === undefined ? nothing : html`<li class="rule">${rule}</li>`}
    </ul>
  </div>`;
}

/** What is proposed and what it would change, what comes, what is to go. */
function notesOf({ full, f, t }: Detail): Part[] {
  const { open, coming, retirement, deprecated, term } = full;
  const notes: [icon: TemplateResult, body: Part][] = [];
  if (open !== null && full.versions.length > 0) {
    const { version } = open.term;
    const gravest = gravestOf(open.diff);
    const who = open.written?.by.name ?? '';
    notes.push([
      halfIcon(),
      html`<b>${t.openHead(version, t.termStatus[open.stage], gravest === undefined ? '' : t.changeKinds[gravest])}</b>
        ${open.impact === undefined && gravest !== 'major' ? nothing : impactText(open.impact, term, f, t)}
        ${changesTemplate(
          open.diff.filter(({ field }) => field !== 'criteria'),
          t,
        )}${open.reason === undefined ? nothing : html`<q>${open.reason}</q> ${who}`}`,
    ]);
  }
  if (open?.rejection !== undefined)
    notes.push([noteIcon(), t.sentBack(open.rejection.by.name, open.rejection.comment)]);
  if (coming !== null) notes.push([noteIcon(), t.fromOn(coming.term.version, f.date(coming.from))]);
  if (retirement !== null)
    notes.push([
      warnIcon(),
      t.retiring(retirement.teams.map((team) => teamName(team, t)).join(t.comma), retirement.reason),
    ]);
  if (deprecated !== null) notes.push([warnIcon(), t.retired(deprecated.reason)]);
  return notes.map(([icon, body]) => html`<div class="note">${icon}<span>${body}</span></div>`);
}

/** Both teams in equal rows, with what is due. A vote that is on its way stands as given. */
function votesTemplate({ full, doing, f, t }: Detail): TemplateResult {
  const { open, approvals, me } = full;
  const votes = open?.stage === 'proposed' ? open.approvals : approvals;
  return html`<dl class="votes" part="votes">
    ${TEAMS.map((team) => {
      const vote = votes[team];
      const mine = me?.team === team;
      const sending = mine && (doing.pending === 'term.approve' || doing.pending === 'term.confirm');
      const may = mine && vote === undefined && doing.can.includes('term.approve') && doing.pending === undefined;
      const said =
        vote === undefined && !sending
          ? html`<span class="chip">${noteIcon()}<span>${t.notApproved}</span></span>`
          : html`<span class="chip ok"
              >${okIcon()}<span
                >${sending ? `${t.approvedNow} · ${t.sending}` : t.approved(f.date(vote?.at), vote?.by.name ?? '')}</span
              ></span
            >`;
      return html`<div>
        <dt>${halfMark(team)}${t.owners[team]}</dt>
        <dd>
          ${
            may
              ? html`<button class="button primary" @click=${() => doing.give('term.approve')}>
                    ${t.deeds['term.approve']}</button
                  ><button class="button" @click=${() => doing.open('term.reject')}>${t.deeds['term.reject']}</button>`
              : said
          }
        </dd>
      </div>`;
    })}
  </dl>`;
}

/** What stands in plain sight: to confirm what is stale, and to propose a change. */
function buttonsTemplate(doing: Doing, { status, retirement }: GlossaryTerm, t: GlossaryWords): Part {
  const due = status === 'stale' || retirement !== null;
  const shown = ['term.confirm', 'term.propose'].filter(
    (type) => doing.can.includes(type) && (type !== 'term.confirm' || due),
  );
  if (shown.length === 0) return nothing;
  return html`<div class="buttons">
    ${shown.map(
      (type) =>
        html`<button
          class="button"
          data-deed=${type}
          ?disabled=${doing.pending !== undefined}
          @click=${() => (type === 'term.propose' ? doing.open(type) : doing.give(type))}
        >
          ${t.deeds[type]}
        </button>`,
    )}
  </div>`;
}

/** Words not to say, other names, and what rests on the term. */
function usesTemplate({ full, names, doing, t }: Detail): Part {
  const { term, usedBy } = full;
  const follow = (key: string) => (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    doing.show(key);
  };
  const link = (key: string): Part =>
    names.has(key) ? html`<a href=${`#term-${key}`} @click=${follow(key)}>${names.get(key)}</a>` : key;
  const replaced = full.deprecated?.replacedBy ?? full.retirement?.replacedBy;
  const lines: [head: string, parts: Part[]][] = [
    [t.useInstead, replaced === undefined ? [] : [link(replaced)]],
    [
      t.fields['avoid'] ?? '',
      (term.avoid ?? []).map(
        ({ word, say, note }) =>
          html`${word}${say || note ? html` <small>(${[say && t.sayHere(say), note].filter(Boolean).join('; ')})</small>` : nothing}`,
      ),
    ],
    [t.fields['synonyms'] ?? '', (term.synonyms ?? []).map((word) => word)],
    [t.fields['uses'] ?? '', (term.uses ?? []).map(link)],
    [
      t.usedBy,
      [
        ...usedBy.map(({ kind, id, label, stage }) =>
          kind === 'term'
            ? link(id)
            : html`${stage === undefined ? label : `${label}: ${stage}`} <small>${t.uses[kind]}</small>`,
        ),
        ...(term.ties ?? []),
      ],
    ],
  ];
  const said = lines.filter(([, parts]) => parts.length > 0);
  if (said.length === 0) return nothing;
  return html`<dl class="uses">
    ${said.map(
      ([head, parts]) =>
        html`<div>
          <dt>${head}</dt>
          <dd>${parts.map((part, i) => html`${i > 0 ? ', ' : ''}${part}`)}</dd>
        </div>`,
    )}
  </dl>`;
}
