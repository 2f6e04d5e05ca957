import type { Envelope } from '@sama/metrics/contracts';
import { colors } from '@sama/tokens';
import { chartOf } from '../funnel/model.ts';
import { linesOf } from '../funnel/notes.ts';
import { findingOf } from '../funnel/summary.ts';
import { svgOf } from '../funnel/svg.ts';
import { Formats } from '../internal/format.ts';
import { harmless } from '../internal/harmless.ts';
import { tilesOf } from '../kpi/model.ts';
import { tilesPicture } from '../kpi/svg.ts';
import { funnelDetail } from '../locale/en/funnel-detail.ts';
import { funnel } from '../locale/en/funnel.ts';
import { scorecard } from '../locale/en/scorecard.ts';
import { wordsIn } from '../locale/registered.ts';
import { runsFromRight } from './direction.ts';

/** How a picture speaks and looks. @beta */
export interface PictureOptions {
  /** BCP 47. Default: English. */
  locale?: string;
  /** Default: the name of what is shown. */
  label?: string;
  /**
   * For what draws SVG without knowing `direction`: lines from the right end where they would begin, and signs of Unicode
   * say that they run from there. Default: no.
   */
  undirected?: boolean;
  /** Default: light. */
  theme?: 'light' | 'dark';
}

/** A picture, and what it says in words. @beta */
export interface ServedPicture {
  svg: string;
  alt: string;
}

/**
 * Draws the answer about a funnel or KPIs as a picture that stands alone, for a mail or a preview: SVG without
 * scripts, styles or fonts of a page, every text escaped. Undefined for an answer that has nothing to draw.
 *
 * @beta
 */
export function renderPicture(envelope: Envelope, options: PictureOptions = {}): ServedPicture | undefined {
  const { data } = envelope;
  const { locale = 'en', theme = 'light', undirected = false } = options;
  const color = (token: string): string => new Map<string, string>(Object.entries(colors[theme])).get(token) ?? '';
  if (envelope.status !== 'ok') return undefined;
  if (data?.kind === 'funnel' && data.stages.length > 0) {
    const t = wordsIn(locale, funnel);
    const f = new Formats(locale, data.timeZone, t);
    const rtl = runsFromRight(t.tag);
    const known = { ...envelope, data };
    const chart = chartOf(known, data, { f, t, lens: undefined });
    const finding = findingOf(known, chart, f, t)
      .map(({ text }) => text)
      .join('');
    const title = harmless(options.label || data.label);
    const turned = rtl && undirected;
    const svg = svgOf(chart, title, finding, color, rtl, turned, t, {
      notes: linesOf(known, f, wordsIn(locale, funnelDetail).behind),
      asOf: envelope.asOf && t.asOf(f.date(envelope.asOf, true)),
    });
    return { svg: turned ? fromRight(svg) : svg, alt: `${title}. ${finding}`.trim() };
  }
  if (data?.kind === 'kpi' && data.kpis.length > 0) {
    const t = wordsIn(locale, scorecard);
    const f = new Formats(locale, data.timeZone, t);
    const title = harmless(options.label || t.scorecard);
    const rtl = runsFromRight(t.tag);
    const { svg, alt } = tilesPicture(tilesOf(data, { f, t, rtl }), envelope.asOf, {
      title,
      f,
      t,
      color,
      rtl,
      undirected,
    });
    return { svg: rtl && undirected ? fromRight(svg) : svg, alt };
  }
  return undefined;
}

/** Sets the words of each text from the right by signs that stand in it (UAX 9), where no attribute does. */
const fromRight = (svg: string): string => svg.replaceAll(/(<text\b[^>]*>)(.*?)(<\/text>)/gs, '$1\u202B$2\u202C$3');
