import { formsOf, listOf } from '../forms.ts';
import type { Own } from '../own.ts';

const form = formsOf('ar');
const list = listOf('ar');
const definitions = (n: number, count: string) =>
  form(n, {
    one: 'تعريف واحد',
    two: 'تعريفان',
    few: `${count} تعريفات`,
    many: `${count} تعريفًا`,
    other: `${count} تعريف`,
  });

/** Beside a number, which stands in figures for one and two as well. */
const unit =
  (other: string, few: string, many: string) =>
  (n: number): string =>
    form(n, { few, many, other });

/** Arabic words of the scorecard and its tiles. */
export const scorecard: Own['scorecard'] = {
  reasons: {
    'zero-denominator': 'لا أحد يُقسم عليه',
    'insufficient-data': 'بيانات غير كافية',
    'not-a-subset': 'ليست جزءًا من المرحلة السابقة',
    'not-a-cohort': 'ليس فوجًا',
    'missing-stage': 'المرحلة ليست في المصدر',
    'mixed-currency': 'لا سعر صرف',
    'no-value': 'بلا مبلغ',
    suppressed: 'المجموعة أصغر من أن تُعرض',
    'non-positive-margin': 'الهامش ليس موجبًا',
    'zero-churn': 'لا انسحاب',
    'target-met': 'تحقق الهدف',
    'not-reached': 'لم يتحقق',
    'missing-input': 'أحد المدخلات غير معروف',
    'whole-only': 'معروف للكل فقط',
  },
  scorecard: 'بطاقة الأداء المشتركة',
  kpi: 'مؤشر',
  kpis: 'المؤشرات',
  scoreSentence: '{period}',
  scoreCompared: ' مقارنة مع {compare}',
  scoreWithin: ' في {segment}',
  scoreSection: '، {section}',
  sectionLabel: 'العرض',
  overview: 'نظرة عامة',
  numbered: (name, n) => `${name} ${n}`,
  noTargets: 'لا هدف لهذا الاختيار.',
  allMet: (n, count) =>
    form(n, {
      one: 'تحقق الهدف الوحيد.',
      two: 'تحقق الهدفان.',
      few: `تحققت الأهداف كلها: ${count}.`,
      many: `تحققت الأهداف كلها: ${count}.`,
      other: `تحققت الأهداف كلها: ${count}.`,
    }),
  aheadOf: (share) => `متقدم ${share} على الوتيرة`,
  behindOf: (share) => `متأخر ${share} عن الوتيرة`,
  onPaceOf: 'على الوتيرة',
  isStanding: (name, standing) => [`${name}: `, standing, '. '],
  shareOfTarget: (share) => `${share} من الهدف`,
  areOff: (names) => ['خارج الهدف: ', names, '. '],
  areAtRisk: (names) => ['في خطر: ', names, '. '],
  andMore: (names, more, count) => list(more > 0 ? [...names, `${count} غيرها`] : names),
  moved: (name, up, by) => [`${name} ${up ? 'ارتفع' : 'انخفض'} ${by}`, '، تغير واضح.'],
  expectedBy: (share) => `المتوقع حتى اليوم ${share}`,
  ofTargetBy: (target, day) => `من ${target} حتى ${day}`,
  marketingPromised: 'وعد التسويق',
  salesPromised: 'وعد المبيعات',
  promisedCount: (target, name) => `من ${target} ${name}`,
  promisedRate: (name, target) => `${name}، المتفق ${target}`,
  noPromise: 'لا وعد متفق عليه لهذه الفترة.',
  pair: (first, second) => `${first} مع ${second}`,
  aspects: {
    volume: 'الحجم',
    quality: 'الجودة',
    value: 'القيمة',
    cost: 'الكلفة',
    'win-rate': 'معدل الفوز',
    speed: 'السرعة',
    compliance: 'الالتزام',
  },
  nouns: {
    person: unit('شخص', 'أشخاص', 'شخصًا'),
    account: unit('حساب', 'حسابات', 'حسابًا'),
    opportunity: unit('فرصة', 'فرص', 'فرصة'),
    handoff: unit('تسليم', 'تسليمات', 'تسليمًا'),
  },
  aDay: 'في اليوم',
  daysUnit: unit('يوم', 'أيام', 'يومًا'),
  minutesUnit: 'دقيقة',
  monthsUnit: unit('شهر', 'أشهر', 'شهرًا'),
  pointsUnit: 'نقطة',
  indexUnit: 'من 100',
  timesUnit: '×',
  medianUnit: (unit) => (unit === '' ? 'الوسيط' : `${unit}، الوسيط`),
  moreThan: (value) => `أكثر من ${value}`,
  target: (value) => `الهدف ${value}`,
  promise: (value) => `الوعد ${value}`,
  proposedTarget: (target) => `${target}، مقترح`,
  band: (low, high) => `من ${low} إلى ${high}`,
  noTarget: 'بلا هدف',
  asItStands: 'كما هو اليوم',
  noChange: 'لا تغير واضح',
  changedBy: (change, against) => (against === '' ? change : `${change} مقابل ${against}`),
  withInterval: (change, low, high) => `${change} (من ${low} إلى ${high})`,
  shareStillOpen: (share) => `${share} ما زال مفتوحًا`,
  aheadOfPace: 'متقدم على الوتيرة',
  onTarget: 'على الهدف',
  atRisk: 'في خطر',
  offTarget: 'خارج الهدف',
  behindPace: 'متأخر عن الوتيرة',
  keptSoFar: 'أوفي به حتى الآن',
  kept: 'أوفي به',
  notKept: 'لم يوفَ به',
  version: (version) => `v${version}`,
  definitionOf: (version, name) => `${version}، تعريف ${name}`,
  definitionsAgreed: (n, count, agreed, agreedCount) =>
    agreed === n
      ? `${definitions(n, count)} باتفاق الفريقين`
      : `${definitions(n, count)}، منها ${agreedCount} باتفاق الفريقين`,
  due: 'المستحق حتى الآن',
  targetHead: 'الهدف',
  statusHead: 'الحالة',
  before: 'سابقًا',
  restsOn: 'يستند إلى',
  definitionHead: 'التعريف',
  steps: { day: 'اليوم', week: 'الأسبوع', month: 'الشهر', quarter: 'الربع', year: 'السنة' },
  stepCut: (step) => `${step} (غير مكتمل)`,
  spokenTrend: (name, first, last, n) => `اتجاه ${name}، ${n} خطوات، من ${first} إلى ${last}`,
  noTrend: (name) => `تغير ${name}`,
  scoreHead: (title, n, period, segment, asOf) =>
    `${title}، ${n}${period === '' ? '' : `، ${period}`}${segment === '' ? '' : `، ${segment}`}${asOf === '' ? '' : `، حتى ${asOf}`}.`,
  countOfKpis: (n, count) =>
    form(n, {
      one: 'مؤشر واحد',
      two: 'مؤشران',
      few: `${count} مؤشرات`,
      many: `${count} مؤشرًا`,
      other: `${count} مؤشر`,
    }),
  scoreHelp: 'السهمان لأعلى ولأسفل يتنقلان بين المؤشرات، وعلى طول السطر إلى الاتجاه والتعريف. Enter يختار، T يعرض الجدول.',
};
