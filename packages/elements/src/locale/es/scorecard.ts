import { formsOf, listOf } from '../forms.ts';
import type { Own } from '../own.ts';

const form = formsOf('es');
const list = listOf('es');
const definitions = (n: number, count: string) => `${count} ${form(n, { one: 'definición', other: 'definiciones' })}`;

const unit =
  (one: string, other: string) =>
  (n: number): string =>
    form(n, { one, other });

/** Spanish words of the scorecard and its tiles. */
export const scorecard: Own['scorecard'] = {
  scorecard: 'Cuadro de mando compartido',
  kpi: 'KPI',
  kpis: 'KPI',
  scoreSentence: '{period}',
  scoreCompared: ' comparado con {compare}',
  scoreWithin: ' para {segment}',
  scoreSection: ', {section}',
  sectionLabel: 'Vista',
  overview: 'resumen',
  numbered: (name, n) => `${name} ${n}`,
  noTargets: 'Nada tiene un objetivo para esta selección.',
  allMet: (n, count) => (n === 1 ? 'El único objetivo se cumple.' : `Se cumplen los ${count} objetivos.`),
  aheadOf: (share) => `${share} por delante del ritmo`,
  behindOf: (share) => `${share} por detrás del ritmo`,
  onPaceOf: 'al ritmo previsto',
  isStanding: (name, standing) => [`${name} va `, standing, '. '],
  shareOfTarget: (share) => `al ${share} del objetivo`,
  areOff: (names) => ['Fuera de objetivo: ', names, '. '],
  areAtRisk: (names) => ['En riesgo: ', names, '. '],
  andMore: (names, more, count) => list(more > 0 ? [...names, `${count} más`] : names),
  moved: (name, up, by) => [`${name} ${up ? 'subió' : 'bajó'} ${by}`, ', un cambio claro.'],
  expectedBy: (share) => `previsto hasta hoy ${share}`,
  ofTargetBy: (target, day) => `de ${target} hasta ${day}`,
  marketingPromised: 'Marketing se comprometió a',
  salesPromised: 'Ventas se comprometió a',
  promisedCount: (target, name) => `de ${target} ${name}`,
  promisedRate: (name, target) => `${name}, acordado ${target}`,
  noPromise: 'No hay compromiso acordado para este periodo.',
  pair: (first, second) => `${first.charAt(0).toUpperCase()}${first.slice(1)} y ${second}`,
  aspects: {
    volume: 'volumen',
    quality: 'calidad',
    value: 'valor',
    cost: 'coste',
    'win-rate': 'tasa de cierre',
    speed: 'rapidez',
    compliance: 'cumplimiento',
  },
  nouns: {
    person: unit('persona', 'personas'),
    account: unit('cuenta', 'cuentas'),
    opportunity: unit('oportunidad', 'oportunidades'),
    handoff: unit('traspaso', 'traspasos'),
  },
  aDay: 'al día',
  daysUnit: unit('día', 'días'),
  minutesUnit: 'min',
  monthsUnit: unit('mes', 'meses'),
  pointsUnit: 'p. p.',
  indexUnit: 'de 100',
  timesUnit: '×',
  medianUnit: (unit) => (unit === '' ? 'mediana' : `${unit}, mediana`),
  moreThan: (value) => `más de ${value}`,
  target: (value) => `objetivo ${value}`,
  promise: (value) => `compromiso ${value}`,
  proposedTarget: (target) => `${target}, propuesto`,
  band: (low, high) => `de ${low} a ${high}`,
  noTarget: 'sin objetivo',
  asItStands: 'a día de hoy',
  noChange: 'Sin cambio claro',
  changedBy: (change, against) => (against === '' ? change : `${change} frente a ${against}`),
  withInterval: (change, low, high) => `${change} (de ${low} a ${high})`,
  shareStillOpen: (share) => `${share} aún abierto`,
  aheadOfPace: 'Por delante del ritmo',
  onTarget: 'En objetivo',
  atRisk: 'En riesgo',
  offTarget: 'Fuera de objetivo',
  behindPace: 'Por detrás del ritmo',
  keptSoFar: 'Cumplido hasta ahora',
  kept: 'Cumplido',
  notKept: 'No cumplido',
  stillMaturing: 'Aún madura',
  tooFewToJudge: 'Demasiado pocos para juzgar',
  version: (version) => `v${version}`,
  definitionOf: (version, name) => `${version}, definición de ${name}`,
  definitionsAgreed: (n, count, agreed, agreedCount) =>
    agreed === n
      ? `${definitions(n, count)}, acordadas por ambos equipos`
      : `${definitions(n, count)}, ${agreedCount} acordadas por ambos equipos`,
  due: 'Debido hasta hoy',
  targetHead: 'Objetivo',
  statusHead: 'Estado',
  before: 'Antes',
  restsOn: 'Se basa en',
  definitionHead: 'Definición',
  steps: { day: 'Día', week: 'Semana', month: 'Mes', quarter: 'Trimestre', year: 'Año' },
  stepCut: (step) => `${step} (incompleto)`,
  spokenTrend: (name, first, last, n) => `Tendencia de ${name}, ${n} pasos, de ${first} a ${last}`,
  noTrend: (name) => `Cambio de ${name}`,
  scoreHead: (title, n, period, segment, asOf) =>
    `${title}, ${n}${period === '' ? '' : `, ${period}`}${segment === '' ? '' : `, ${segment}`}${asOf === '' ? '' : `, a fecha de ${asOf}`}.`,
  countOfKpis: (_, count) => `${count} KPI`,
  scoreHelp:
    'Las flechas arriba y abajo mueven entre los KPI, a lo largo de la línea hasta la tendencia y la definición. Intro elige, T muestra la tabla.',
};
