import type { HandoffDetail, HandoffRow } from '@sama/metrics/contracts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { backIcon, okIcon, warnIcon } from '../internal/icons.ts';
import { clockSentence, firstDue } from './clock.ts';
import type { KeyName } from './keys.ts';
import { harmless } from '../internal/harmless.ts';
import { once } from './once.ts';
import { clockTemplate, keyTemplate, lineOf, nameOf, type Speech, tileTemplate } from './rows.ts';

type Part = TemplateResult | typeof nothing | string;

/** What the panel shows beside the lead itself. */
export interface Panel {
  /** As far as it is there. */
  detail: HandoffDetail | undefined;
  /** Why there is none. */
  trouble: string;
  /** In place of the actions. */
  form: Part;
  keys: ReadonlyMap<KeyName, string>;
  onAct: (type: string) => void;
  /** Absent beside the list. */
  onBack: (() => void) | undefined;
}

const ORDER = ['offer', 'accept', 'resubmit', 'logResponse', 'qualify', 'return', 'recycle', 'disqualify'];

/** Everything about one hand-off. The row stands for what is still awaited. */
export function detailTemplate(row: HandoffRow, panel: Panel, speech: Speech): TemplateResult {
  const { t } = speech;
  const { detail, onBack } = panel;
  return html`${
      onBack && html`<button class="link back" @click=${onBack}>${backIcon()}<span>${t.backToQueue}</span></button>`
    }
    <div class="head">
      <div>
        <h3 id="lead" tabindex="-1" dir="auto">${nameOf(row, speech)}</h3>
        <p class="sub" dir="auto">${aboutOf(row, detail, speech)}</p>
      </div>
      ${tileTemplate(row.rating, t)}
    </div>
    ${detail ? bodyTemplate(detail, panel, speech) : html`<p class="sub">${panel.trouble}</p>`}`;
}

function aboutOf(row: HandoffRow, detail: HandoffDetail | undefined, { t, count }: Speech): string {
  const { size = null, industry = null } = detail?.company ?? {};
  return lineOf([row.role, row.company, size === null ? null : t.people(count(size)), industry]);
}

function bodyTemplate(detail: HandoffDetail, panel: Panel, speech: Speech): TemplateResult {
  const { t } = speech;
  const { quote, elements } = detail;
  return html`${clockLine(detail, speech)} ${quote && html`<blockquote dir="auto">“${harmless(quote)}”</blockquote>`}
    <dl>
      ${factsOf(detail, speech).map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd dir="auto">${value}</dd>`,
      )}
    </dl>
    ${
      elements.length === 0
        ? nothing
        : html`<ul class="elements">
            ${elements.map(({ label, present }) => html`<li>${present ? okIcon() : warnIcon()}<span>${present ? label : t.lacking(label)}</span></li>`)}
          </ul>`
    }
    ${panel.form || actionsTemplate(detail, panel, speech)} ${logTemplate(detail, panel, speech)}`;
}

function clockLine({ clocks, person, outcome, status }: HandoffDetail, { m, t, now }: Speech): TemplateResult {
  const face = firstDue(clocks);
  const clock =
    face === undefined
      ? { tone: '' as const, text: outcome === null ? t.statuses[status] : `${t.statuses[status]}: ${outcome.label}` }
      : clockSentence(face, now, { m, t });
  const there = person.timeZone && t.there(m.time(now, person.timeZone), person.open?.now);
  return html`<p class="due">
    ${clockTemplate(clock, 'detail')}
    ${there && html`<span class="sub" dir="auto" data-tick="there" .textContent=${there}></span>`}
  </p>`;
}

/** Names and values, of what is known. */
function factsOf(detail: HandoffDetail, { m, t, now, count }: Speech): [string, Part | Part[]][] {
  const { reasons, touches, source, campaign, company, person, asset, opening, missing, previous, owner } = detail;
  const join = (parts: (string | null | undefined)[]): string => lineOf(parts, t.comma);
  const points = (n: number): string => (n < 0 ? '−' : '+') + count(Math.abs(n));
  const facts: [string, Part | Part[]][] = [
    [
      t.whyRating(detail.rating ?? ''),
      reasons
        .slice(0, 3)
        .map(
          (one, i) =>
            html`${i === 0 ? '' : ', '}<bdi>${harmless(one.text)}</bdi> <span class="sub">${points(one.points)}</span>`,
        ),
    ],
    [
      t.lastTouches,
      touches
        .slice(0, 3)
        .map(({ what, at }, i) => html`${i === 0 ? '' : ' · '}<bdi>${harmless(what)} ${m.ago(at, now)}</bdi>`),
    ],
    [t.source, join([source, campaign])],
    [
      t.account,
      company === null
        ? ''
        : join([
            company.owner === null ? t.noAccountOwner : t.accountOwner(company.owner),
            company.otherPeople === null ? null : t.otherPeople(company.otherPeople, count(company.otherPeople)),
            company.openOpportunities === null
              ? null
              : t.openDeals(company.openOpportunities, count(company.openOpportunities)),
          ]),
    ],
    [
      t.contact,
      join([
        person.email,
        person.phone,
        person.channel && t.prefers(person.channel),
        person.consent && (t.consents[person.consent] ?? person.consent),
      ]),
    ],
    [t.suggested, join([asset])],
    [t.askFirst, join([opening])],
    [t.withWhom, join([owner?.person?.name, owner?.pool ? t.inPool(owner.pool.name) : null])],
    [
      t.returnedFor,
      missing
        .map(({ label, text, answer }) => `${label}${text ? `: ${text}` : ''} (${answerText(answer, t)})`)
        .map(harmless)
        .join('; '),
    ],
    [
      t.earlier,
      previous.map(({ status, reason, at }) => join([t.statuses[status], reason, m.ago(at, now)])).join('; '),
    ],
  ];
  return facts.filter(([, value]) => value.toString() !== '');
}

const answerText = (answer: 'completed' | 'waived' | undefined, t: Speech['t']): string =>
  answer === undefined ? t.notAnswered : t[answer];

/** What this reader may do, the expected first, each with its key; and why the rest is not possible. */
function actionsTemplate({ actions }: HandoffDetail, { keys, onAct }: Panel, { t }: Speech): TemplateResult {
  const allowed = actions.filter(({ name, allowed }) => allowed && name !== 'undo');
  const main = ORDER.flatMap((name) => allowed.filter((one) => one.name === name));
  const rest = allowed.filter(({ name }) => !ORDER.includes(name));
  const refused = actions.filter(({ name, allowed }) => !allowed && ORDER.includes(name));
  const button = (name: string, kind: string): TemplateResult => {
    const key = [...keys].find(([one]) => one === name)?.[1];
    return html`<button class="act ${kind}" @click=${once(() => onAct(name))}>
      ${t.acts[name] ?? name}${keyTemplate(key)}
    </button>`;
  };
  return html`<div class="acts">
      ${main.map(({ name }, i) => button(name, i === 0 ? 'first' : ''))}${rest.map(({ name }) => button(name, 'quiet'))}
    </div>
    ${
      refused.length === 0
        ? nothing
        : html`<details class="more">
            <summary>${t.notNow}</summary>
            <ul>
              ${refused.map(({ name, refusal }) => html`<li>${t.acts[name] ?? name}: ${[refusal?.reason, refusal?.remedy].filter(Boolean).join('; ')}</li>`)}
            </ul>
          </details>`
    }`;
}

function logTemplate(
  { log, cycle, actions }: HandoffDetail,
  { onAct }: Panel,
  { m, t, now, count }: Speech,
): TemplateResult {
  return html`<details class="more log">
    <summary>
      <bdi>${t.cycleNo(cycle, count(cycle))}</bdi> <u dir="auto">${t.logOf(log.length, count(log.length))}</u>
    </summary>
    <ol>
      ${log.map(
        ({ type, by, at, reason, text, elements = [], undone }) =>
          html`<li class=${undone ? 'undone' : ''} dir="auto">
            <time datetime=${at}>${m.at(Date.parse(at), now)}</time>
            ${t.logLine(t.past[type] ?? type, harmless(by.name))}${[
              reason?.label,
              ...elements.map((one) => [one.label, one.text].filter(Boolean).join(': ')),
              text,
              undone && t.wasUndone,
            ]
              .flatMap((part) => (part ? `; ${harmless(part)}` : []))
              .join('')}
          </li>`,
      )}
    </ol>
    ${
      actions.some(({ name, allowed }) => name === 'undo' && allowed)
        ? html`<button class="link" @click=${once(() => onAct('undo'))}>${t.acts['undo']}</button>`
        : nothing
    }
  </details>`;
}
