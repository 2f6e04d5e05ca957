import { formsOf, listOf } from '../forms.ts';
import type { Own } from '../own.ts';

const form = formsOf('de');
const list = listOf('de');
const definitions = (n: number, count: string) => `${count} ${form(n, { one: 'Definition', other: 'Definitionen' })}`;

const unit =
  (one: string, other: string) =>
  (n: number): string =>
    form(n, { one, other });

/** German words of the scorecard and its tiles. */
export const scorecard: Own['scorecard'] = {
  scorecard: 'Gemeinsame Scorecard',
  kpi: 'KPI',
  kpis: 'KPIs',
  scoreSentence: '{period}',
  scoreCompared: ' verglichen mit {compare}',
  scoreWithin: ' für {segment}',
  scoreSection: ', {section}',
  sectionLabel: 'Ansicht',
  overview: 'Überblick',
  numbered: (name, n) => `${name} ${n}`,
  noTargets: 'Für diese Auswahl gibt es kein Ziel.',
  allMet: (n, count) => (n === 1 ? 'Das eine Ziel ist erreicht.' : `Alle ${count} Ziele sind erreicht.`),
  aheadOf: (share) => `${share} vor Plan`,
  behindOf: (share) => `${share} hinter Plan`,
  onPaceOf: 'im Plan',
  isStanding: (name, standing) => [`${name} ist `, standing, '. '],
  shareOfTarget: (share) => `bei ${share} des Ziels`,
  areOff: (names) => ['Ziel verfehlt: ', names, '. '],
  areAtRisk: (names) => ['Gefährdet: ', names, '. '],
  andMore: (names, more, count) => list(more > 0 ? [...names, `${count} weitere`] : names),
  moved: (name, up, by) => [`${name} ist um ${by} ${up ? 'gestiegen' : 'gefallen'}`, ', eine klare Änderung.'],
  expectedBy: (share) => `bis heute erwartet ${share}`,
  ofTargetBy: (target, day) => `von ${target} bis ${day}`,
  marketingPromised: 'Das Marketing hat zugesagt',
  salesPromised: 'Der Vertrieb hat zugesagt',
  promisedCount: (target, name) => `von ${target} ${name}`,
  promisedRate: (name, target) => `${name}, vereinbart ${target}`,
  noPromise: 'Für diesen Zeitraum ist keine Zusage vereinbart.',
  pair: (first, second) => `${first} und ${second}`,
  aspects: {
    volume: 'Menge',
    quality: 'Qualität',
    value: 'Wert',
    cost: 'Kosten',
    'win-rate': 'Abschlussquote',
    speed: 'Tempo',
    compliance: 'Einhaltung',
  },
  nouns: {
    person: unit('Person', 'Personen'),
    account: unit('Account', 'Accounts'),
    opportunity: unit('Opportunity', 'Opportunities'),
    handoff: unit('Übergabe', 'Übergaben'),
  },
  aDay: 'am Tag',
  daysUnit: unit('Tag', 'Tage'),
  minutesUnit: 'min',
  monthsUnit: unit('Monat', 'Monate'),
  pointsUnit: 'Pkt.',
  indexUnit: 'von 100',
  timesUnit: '×',
  medianUnit: (unit) => (unit === '' ? 'Median' : `${unit}, Median`),
  moreThan: (value) => `mehr als ${value}`,
  target: (value) => `Ziel ${value}`,
  promise: (value) => `Zusage ${value}`,
  proposedTarget: (target) => `${target}, vorgeschlagen`,
  band: (low, high) => `${low} bis ${high}`,
  noTarget: 'kein Ziel',
  asItStands: 'Stand von heute',
  noChange: 'Keine klare Änderung',
  changedBy: (change, against) => (against === '' ? change : `${change} gegenüber ${against}`),
  withInterval: (change, low, high) => `${change} (${low} bis ${high})`,
  shareStillOpen: (share) => `${share} noch offen`,
  aheadOfPace: 'Vor Plan',
  onTarget: 'Im Ziel',
  atRisk: 'Gefährdet',
  offTarget: 'Ziel verfehlt',
  behindPace: 'Hinter Plan',
  keptSoFar: 'Bisher gehalten',
  kept: 'Gehalten',
  notKept: 'Nicht gehalten',
  stillMaturing: 'Reift noch',
  tooFewToJudge: 'Zu wenige für ein Urteil',
  version: (version) => `v${version}`,
  definitionOf: (version, name) => `${version}, Definition von ${name}`,
  definitionsAgreed: (n, count, agreed, agreedCount) =>
    agreed === n
      ? `${definitions(n, count)}, von beiden Teams vereinbart`
      : `${definitions(n, count)}, davon ${agreedCount} von beiden Teams vereinbart`,
  due: 'Bis heute fällig',
  targetHead: 'Ziel',
  statusHead: 'Status',
  before: 'Davor',
  restsOn: 'Beruht auf',
  definitionHead: 'Definition',
  steps: { day: 'Tag', week: 'Woche', month: 'Monat', quarter: 'Quartal', year: 'Jahr' },
  stepCut: (step) => `${step} (nicht vollständig)`,
  spokenTrend: (name, first, last, n) => `Verlauf von ${name}, ${n} Schritte, von ${first} bis ${last}`,
  noTrend: (name) => `Änderung von ${name}`,
  scoreHead: (title, n, period, segment, asOf) =>
    `${title}, ${n}${period === '' ? '' : `, ${period}`}${segment === '' ? '' : `, ${segment}`}${asOf === '' ? '' : `, Stand ${asOf}`}.`,
  countOfKpis: (n, count) => `${count} ${form(n, { one: 'KPI', other: 'KPIs' })}`,
  scoreHelp:
    'Pfeiltasten auf und ab wechseln zwischen den KPIs, entlang der Zeile zu Verlauf und Definition. Eingabe wählt aus, T zeigt die Tabelle.',
};
