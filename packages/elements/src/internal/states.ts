import { fillMessage } from '@sama/metrics/messages';
import type { Envelope } from '@sama/metrics/contracts';
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { Counts } from './counts.ts';
import { badIcon, halfIcon, noteIcon, warnIcon } from './icons.ts';
import { webAddress } from './web-address.ts';
import type { CoreWords } from '../locale/en/core.ts';
import type { Words } from '../locale/index.ts';

type Part = TemplateResult | typeof nothing;

/** Codes whose message names the field to correct. */
const FOR_AUTHORS = /^(invalid|unknown|definition|unsupported|internal|not)/;
const FROM_AFAR = /^(timeout|unreachable|unavailable)$/;
/** Codes whose cause may pass. */
const HEALS = /^(timeout|un(reach|avail)|rate|internal|invalid-answer|pending|not-f)/;

/** What went wrong, in words; for whoever writes the page also where. */
export function troubleText(
  { code = 'internal', message }: Envelope,
  host: string,
  asked: boolean,
  t: CoreWords,
): string {
  if (!asked && /^(invalid-a|newer)/.test(code)) return t.unreadable(message ?? '');
  const text = t.errors[code] ?? t.errors['invalid-question'] ?? '';
  const more = FOR_AUTHORS.test(code) ? message : FROM_AFAR.test(code) ? host : '';
  const told = more ? `${text} (${more})` : text;
  // A server that draws has none.
  const page: Location | undefined = globalThis.location;
  const foreign = page && asked && host && code === 'unreachable' && host !== page.host;
  return foreign ? `${told} ${t.otherOrigin(page.origin)}` : told;
}

const banner = (tone: '' | 'bad' | 'warn', body: Part | string): TemplateResult =>
  html`<p class="banner ${tone}">
    ${tone === 'bad' ? badIcon() : tone === 'warn' ? warnIcon() : noteIcon()}<span>${body}</span>
  </p>`;

/** The banner of a failure: what failed, whose numbers are still shown, and a way to try again. `asked` when a server, not a file or the page, gave the answer. */
export function troubleBanner(
  trouble: Envelope,
  good: Envelope | undefined,
  host: string,
  asked: boolean,
  f: Counts,
  t: CoreWords,
  retry: (() => void) | undefined,
): TemplateResult {
  const kept = good ? ` ${t.lastGood(f.date(good.asOf ?? good.computedAt, true) || t.offline)}` : '';
  const text = troubleText(trouble, host, asked, t) + kept;
  const tone = trouble.status === 'denied' ? '' : 'bad';
  return againBanner(text, HEALS.test(trouble.code ?? 'internal') ? retry : undefined, t, tone);
}

/** A banner of what failed, with a way to try again where that may help. */
export const againBanner = (
  text: string,
  again: (() => void) | undefined,
  t: CoreWords,
  tone: '' | 'bad' = 'bad',
): TemplateResult =>
  banner(tone, html`${text}${again ? html` <button class="link" @click=${again}>${t.tryAgain}</button>` : nothing}`);

/** Banners of an answer that is shown: out of date, limited to what the reader may see, offline. */
export function stateBanners({ flags, warnings, coverage, asOf }: Envelope, f: Counts, t: CoreWords): Part[] {
  const said = [
    flags.includes('stale') && t.staleFor(f.date(coverage?.dataThrough ?? asOf, true)),
    flags.includes('offline') && `${t.offline}. ${t.lastGood(f.date(asOf, true))}`,
    warnings.some(({ code }) => code === 'row-filter') && t.warnings['row-filter'],
    flags.includes('suppressed') && t.suppressed,
  ];
  return said.map((text, i) => (text ? banner(i ? '' : 'warn', text) : nothing));
}

/** The notes under the data: that it is still maturing, and every warning not said elsewhere. */
export function notesTemplate(good: Envelope, things: string, f: Counts, t: Words): Part {
  const { maturity, warnings } = good;
  const rest = warnings.flatMap(({ code, params }) => {
    const message = code === 'row-filter' ? undefined : t.warnings[code];
    return message ? [fillMessage(message, params, t.tag)] : [];
  });
  const maturing =
    good.flags.includes('immature') && maturity?.members
      ? html`<div class="note">
          ${halfIcon()}
          <span
            ><b>${t.flags.immature}${t.stop}</b> ${t.maturingText(
              maturity.members < 10 ? f.count(maturity.followed) : f.percent(maturity.followed / maturity.members, 0),
              things,
              f.count(Math.round(maturity.horizonMs / 86_400_000)),
            )}</span
          >
        </div>`
      : nothing;
  const others =
    rest.length > 0
      ? html`<div class="note">
          ${noteIcon()}
          <ul class="notes">
            ${rest.map((text) => html`<li>${text}</li>`)}
          </ul>
        </div>`
      : nothing;
  return html`${maturing}${others}`;
}

/** Bars of a fixed size while the first answer is awaited. */
export const skeleton: TemplateResult = html`<ul class="skeleton" aria-hidden="true">
  ${Array.from({ length: 6 }, () => html`<li><i></i><i></i></li>`)}
</ul>`;

/** As of when, by which definition, and what else must be known of the numbers. */
export function footerParts(
  { definition, flags, asOf }: Envelope,
  href: string | null | undefined,
  f: Counts,
  t: CoreWords,
): (Part | string | undefined)[] {
  const old = /stale|supplied/.test(flags.join());
  return [
    asOf && html`<span class=${old ? '' : 'dot'}>${t.asOf(f.date(asOf, true))}</span>`,
    definition && html`${definitionName(definition.version, href, t)}${agreement(definition.agreed, t)}`,
    ...flags.map((flag) => t.flags[flag]),
  ];
}

function definitionName(version: string, href: string | null | undefined, t: CoreWords): Part | string {
  const link = webAddress(href);
  const name = t.definition(version.replace(/\.0$/, ''));
  return link ? html`<a href=${link}>${name}</a>` : name;
}

/** Who agreed, after a version. */
export function agreement(agreed: readonly string[] | undefined, t: CoreWords): string {
  if (agreed === undefined) return '';
  const by = agreed.map((team) => teamName(team, t)).join(t.comma);
  const both = agreed.includes('marketing') && agreed.includes('sales');
  return t.comma + (by ? (both ? t.agreedByBoth : t.agreedBy(by)) : t.notAgreed);
}

/** A team as it is called; a team that is none of ours by its own name. */
export function teamName(team: string, { owners }: CoreWords): string {
  const names: Partial<Record<string, string>> = owners;
  return names[team] ?? team;
}

/** Why an answer has nothing: there is no data yet, or none that matches. */
export const noneText = ({ code }: Envelope, { nothingMatches, errors }: CoreWords): string =>
  code === 'nothing-matches' ? nothingMatches('') : (errors['no-data-yet'] ?? '');
