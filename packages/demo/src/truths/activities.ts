import { DEMO_SHARE, LAST_CHANNEL, MAIL_DAYS, MAIL_SHARE, TOUCHED } from '../activity/rates.ts';
import { ORIGINS } from '../company/market.ts';
import { COST_SPREAD, FORECAST, LEAD_COST, SURVEY } from '../finance/plan.ts';
import { type Company, figure, percent, range } from './company.ts';
import { reachOf } from './expectations.ts';
import type { LeadCosts, MailClicks, PerceptionGap, PlantedTruths, RosyForecast, TouchedWins } from './shape.ts';

function touchedWins({ frame, leads }: Company): TouchedWins {
  const all = reachOf().won;
  // Who came by no touch has one only where there was a demo.
  const found = ORIGINS.filter((origin) => !TOUCHED[origin]).reduce((sum, origin) => sum + reachOf({ origin }).won, 0);
  const share = 1 - (found / all) * (1 - DEMO_SHARE.won);
  const effect = DEMO_SHARE.won / share;
  const wins = leads({ from: frame.days.from, to: frame.matureDay }) * all;
  return {
    planted: true,
    finding: `${percent(share)} of the customers had a touch before they signed; without the live demo a chain of all journeys loses ${percent(effect)} of them.`,
    where: 'attribution "won-by-channel": conversions less unattributed, and the removal effect of the channel',
    // Planted stories and the latest wins mix origins a little differently.
    share: figure(share, wins, 0.02),
    channel: LAST_CHANNEL,
    removalEffect: figure(effect, wins * share, 0.02),
  };
}

function mailClicks({ frame, leads }: Company): MailClicks {
  const days = { from: frame.days.from, to: frame.days.to - MAIL_DAYS - 1 };
  return {
    planted: days.to > days.from,
    finding: `${percent(MAIL_SHARE)} of those who fill in a form click a mail within ${MAIL_DAYS} days.`,
    where:
      'activities form.submitted and mail.clicked of a person; or the first steps of the event funnel "visit-to-won"',
    leads: range(days),
    days: MAIL_DAYS,
    share: figure(MAIL_SHARE, leads(days) * reachOf({ origin: 'marketing' }).lead),
  };
}

const largest = (entries: readonly (readonly [string, number])[]): readonly [string, number] =>
  entries.reduce((a, b) => (b[1] > a[1] ? b : a));

function leadCosts(): LeadCosts {
  const [dearest, cost] = largest(Object.entries(LEAD_COST));
  return {
    planted: true,
    finding: `A lead of the channel ${dearest} costs most: about ${Math.round(cost / 100)} euros.`,
    where: 'figures campaign-cost by segment, for each lead of marketing by attributes.source',
    dearest,
    costs: LEAD_COST,
    spread: COST_SPREAD,
  };
}

function rosyForecast(): RosyForecast {
  const [region, ratio] = largest(Object.entries(FORECAST));
  return {
    planted: true,
    finding: `In ${region} ${percent(ratio - 1)} more revenue is forecast than comes.`,
    where: 'figures revenue-forecast and revenue by segment',
    region,
    ratio,
  };
}

function perceptionGap(): PerceptionGap {
  const gaps = Object.entries(SURVEY).map(
    ([item, { marketing, sales }]) => [item, Math.abs(marketing - sales)] as const,
  );
  const [item, gap] = largest(gaps);
  return {
    planted: true,
    finding: `The teams see ${item} most differently: ${gap.toFixed(1)} points of 4 apart.`,
    where: 'figures perception-marketing and perception-sales by segment',
    item,
    gap,
  };
}

type Ours = 'touchedWins' | 'mailClicks' | 'leadCosts' | 'rosyForecast' | 'perceptionGap';

/** What is hidden in activities and figures. */
export const activityTruths = (company: Company): Pick<PlantedTruths, Ours> => ({
  touchedWins: touchedWins(company),
  mailClicks: mailClicks(company),
  leadCosts: leadCosts(),
  rosyForecast: rosyForecast(),
  perceptionGap: perceptionGap(),
});
