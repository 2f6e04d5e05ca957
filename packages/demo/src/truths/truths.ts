import { ASSETS, NEW_DAYS, USE_DAYS } from '../assets.ts';
import { HOSTILE_COMPANIES } from '../company/people.ts';
import { type Days, type DemoOptions, WINDOW_DAYS, frameOf } from '../frame.ts';
import { STORIES, StoryPlan, personId, type Story as StoryName } from '../journey/plan.ts';
import { autumnNights, springNights, type Night } from '../journey/nights.ts';
import { DOUBLE_ACCEPT_SECONDS } from '../journey/stories.ts';
import { Volume, matureDays } from '../journey/volume.ts';
import { VICIOUS, MQL_CAP } from '../company/rates.ts';
import { DAY, dayText, instantText } from '../time/berlin.ts';
import { activityTruths } from './activities.ts';
import { type Company, figure, percent, range, within } from './company.ts';
import { type Reach, reachOf } from './expectations.ts';
import type {
  ClockNight,
  CloseRate,
  DefinitionBreak,
  Figure,
  ImmatureCohort,
  PlantedTruths,
  SegmentMismatch,
  Story,
  ViciousCircle,
  ViciousMonth,
} from './shape.ts';

/** The stories whose leads marketing owns and which are never won. */
const NEVER_WON: readonly StoryName[] = STORIES.filter((s) => s !== 'date-only' && s !== 'skip' && s !== 'undated');

function countOf(plan: StoryPlan, stories: readonly StoryName[]): number {
  return stories.reduce((total, story) => total + plan.count(story), 0);
}

function segmentMismatch({ frame, leads }: Company): SegmentMismatch {
  const days = matureDays(frame);
  const n = leads(days);
  const all = reachOf();
  const small = reachOf({ segment: 'small' });
  const middle = reachOf({ segment: 'mid-market' });
  const smallMqls = small.mql / all.mql;
  const midWins = middle.won / all.won;
  return {
    planted: true,
    finding: `Small companies are ${percent(smallMqls)} of the MQLs, but ${percent(midWins)} of the wins are mid-market.`,
    where: 'persons by attributes.segment: MQL events, and won events of their opportunities',
    leads: range(days),
    smallShareOfMqls: figure(smallMqls, n * all.mql, 0.01),
    midMarketShareOfWins: figure(midWins, n * all.won, 0.01),
    smallShareOfWins: figure(small.won / all.won, n * all.won, 0.01),
  };
}

function closeRate({ frame, plan, leads }: Company): CloseRate {
  const days = matureDays(frame);
  const n = leads(days);
  // Planted stories never end in a win: their share of marketing's leads lowers its rate.
  const told = countOf(plan, NEVER_WON) / plan.reach;
  const of = (reach: Reach, diluted = 1): Figure => figure((reach.won / reach.lead) * diluted, n * reach.lead, 0.0005);
  const marketing = reachOf({ origin: 'marketing' });
  const sales = reachOf({ origin: 'sales' });
  return {
    planted: true,
    finding: `Sales wins ${percent(sales.won / sales.lead)} of the leads it finds, marketing ${percent(marketing.won / marketing.lead)}.`,
    where: `persons by attributes.origin: won within ${WINDOW_DAYS} days of the lead event`,
    leads: range(days),
    marketing: of(marketing, 1 - told / (told + marketing.lead * (1 - told))),
    teleprospecting: of(reachOf({ origin: 'teleprospecting' })),
    sales: of(sales),
  };
}

function definitionBreak({ frame, plan, leads }: Company): DefinitionBreak {
  const { breakDay } = frame;
  const cap = MQL_CAP / DAY + 4;
  const before = { from: breakDay - cap - 56, to: breakDay - cap };
  const after = { from: breakDay, to: breakDay + 56 };
  const older = reachOf({ older: true }).mql;
  const newer = reachOf().mql;
  // A story's lead becomes an MQL more often than others.
  const stories = countOf(plan, NEVER_WON) / plan.reach;
  return {
    planted: within(before, frame.days) && within(after, frame.days),
    finding: `On ${dayText(breakDay)} the MQL criteria changed: the MQL rate jumped from ${percent(older)} to ${percent(newer)} overnight, the leads did not.`,
    where: 'share of leads, by the day of their lead event, that ever have an MQL event',
    on: dayText(breakDay),
    annotation: {
      at: instantText(frame.breakAt),
      kind: 'definition-break',
      text: 'New MQL criteria: a webinar or two content downloads are enough. Rates before and after do not compare.',
    },
    before: { leads: range(before), mqlRate: figure(older, leads(before), stories) },
    after: { leads: range(after), mqlRate: figure(newer, leads(after), stories) },
  };
}

function immatureCohort({ frame, leads }: Company): ImmatureCohort {
  const days = 14;
  const mature = matureDays(frame);
  const p = reachOf().mql;
  return {
    planted: within(frame.latest, frame.days) && mature.to > mature.from,
    finding:
      'The latest quarter seems to win less, but its leads have not had their time: those old enough to tell convert as ever.',
    where: 'leads by the day of their lead event, events up to asOf',
    leads: range(frame.latest),
    mature: range(mature),
    mqlWithin14Days: {
      days,
      differenceTolerance:
        4 * Math.sqrt(p * (1 - p) * (1 / Math.max(1, leads(frame.latest)) + 1 / Math.max(1, leads(mature)))) + 0.01,
    },
    wonSoFarAtMost: 0.6,
    openShareAtLeast: 0.35,
    matureOpenShareAtMost: 0.25,
  };
}

function viciousCircle({ frame, plan, leads }: Company): ViciousCircle {
  const month = (mqls: Days, followUp: number, quality: number): ViciousMonth => {
    const older = reachOf({ older: mqls.to <= frame.breakDay });
    const n = leads(mqls) * older.mql;
    const accepted = (older.sal / older.mql) * followUp;
    // Stories that become an MQL, by how much their acceptance can differ.
    const told = (countOf(plan, NEVER_WON) / plan.reach / older.mql) * 0.5;
    return {
      mqls: range(mqls),
      acceptance: figure(accepted, n, told),
      quality: figure((older.sql / older.sal) * quality, n * accepted, told),
    };
  };
  const calm = { from: frame.vicious.to, to: frame.vicious.to + (frame.vicious.to - frame.vicious.from) };
  const calmDays = { from: calm.from, to: Math.min(calm.to, frame.breakDay) };
  return {
    planted: within(frame.vicious, frame.days),
    finding:
      'For a quarter sales followed up fewer leads, later, and got less from them: each month worse than the one before.',
    where:
      'persons by the day of their first MQL event: share with a SAL event, share of those with a SQL event, median time from MQL to SAL',
    months: frame.viciousMonths.map((days, i) => month(days, VICIOUS.followUp[i] ?? 1, VICIOUS.quality[i] ?? 1)),
    calm: month(calmDays, 1, 1),
    slowerAtLeast: 2,
  };
}

/**
 * Every truth hidden in the records of a company, with where to find it and the figures to expect.
 * Figures are derived from the company's rates, tolerances from its size; nothing is generated.
 *
 * @throws RangeError naming the option that is out of range.
 * @experimental
 */
export function plantedTruths(options: DemoOptions): PlantedTruths {
  const frame = frameOf(options);
  const volume = new Volume(frame.days);
  const plan = new StoryPlan(frame, volume);
  const company: Company = { frame, volume, plan, leads: (days) => frame.persons * volume.share(days) };
  const story = (name: StoryName): Story => ({
    count: plan.count(name),
    personIds: plan.persons(name, 20).map(personId),
  });
  const nights = (name: StoryName, day: number | undefined, told: (day: number) => readonly Night[]) => {
    if (day === undefined) return undefined;
    const ids = plan.persons(name, 20).map(personId);
    const list: ClockNight[] = told(day).map(({ lead, mql, elapsedMinutes, why }, i) => ({
      personId: ids[i] ?? '',
      lead,
      mql,
      elapsedMinutes,
      why,
    }));
    return { day: dayText(day), nights: list };
  };
  return {
    segmentMismatch: segmentMismatch(company),
    closeRate: closeRate(company),
    definitionBreak: definitionBreak(company),
    clockChanges: {
      planted: frame.springDay !== undefined || frame.autumnDay !== undefined,
      finding: 'In the nights the clocks change, durations are real ones, not differences of wall-clock times.',
      where: 'events of the persons named, `at` with the offset the source wrote',
      spring: nights('dst-spring', frame.springDay, springNights),
      autumn: nights('dst-autumn', frame.autumnDay, autumnNights),
    },
    immatureCohort: immatureCohort(company),
    reentries: {
      planted: true,
      finding:
        'Some recycled leads become an MQL again, in the same cycle or in a second one; some leads skip to opportunity.',
      where:
        'persons with two MQL events and a recycled event between them; persons with an opportunity and no event but lead',
      coolingOffDays: 30,
      sameCycle: story('re-mql-early'),
      secondCycle: story('re-mql-late'),
      skipped: story('skip'),
    },
    doubleAccept: {
      planted: true,
      finding: 'Two sellers accepted the same lead within seconds; the funnel counts one acceptance.',
      where: 'persons with two SAL events; the seller is the last part of source.recordId',
      ...story('double-accept'),
      withinSeconds: DOUBLE_ACCEPT_SECONDS,
    },
    viciousCircle: viciousCircle(company),
    ...activityTruths(company),
    unusedAssets: {
      planted: true,
      finding: `${percent((ASSETS.judged - ASSETS.used) / ASSETS.judged)} of the content was not used by sales in ${USE_DAYS} days.`,
      where: 'demoAssets: assets without a use in the window, new assets left out',
      judged: ASSETS.judged,
      unused: ASSETS.judged - ASSETS.used,
      unusedShare: (ASSETS.judged - ASSETS.used) / ASSETS.judged,
      useDays: USE_DAYS,
      newDays: NEW_DAYS,
    },
    dateOnly: {
      planted: true,
      finding: 'Some journeys come from an export that has days without times.',
      where: 'persons whose events have source.system crm-export',
      ...story('date-only'),
    },
    undated: {
      planted: true,
      finding: 'Some persons have a state but no date: they count in the snapshot and in no rate.',
      where: 'persons with currentStage and without events',
      ...story('undated'),
    },
    unlinked: {
      planted: true,
      finding: 'Some opportunities belong to nobody in the CRM.',
      where: 'opportunities without personId',
      ...story('unlinked'),
    },
    corrected: {
      planted: true,
      finding: 'Some MQL dates were entered three weeks late and corrected.',
      where: 'MQL events with supersedes',
      ...story('corrected'),
    },
    hostile: {
      planted: true,
      finding: 'Some company names are an attack; they are text and nothing else.',
      where: 'attributes.company',
      ...story('hostile'),
      companies: HOSTILE_COMPANIES,
    },
  };
}
