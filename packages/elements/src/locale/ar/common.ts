import { formsOf } from '../forms.ts';
import type { Own } from '../own.ts';

const form = formsOf('ar');

/** Arabic words that widgets with figures share. */
export const common: Own['common'] = {
  warnings: {
    'row-filter': 'مقتصر على السجلات المسموح لك برؤيتها.',
    'future-events':
      '{count|one:حدث واحد يقع|two:حدثان يقعان|few:# أحداث تقع|many:# حدثًا تقع|# حدث تقع} بعد تاريخ هذه الأرقام ولا تُحتسب.',
    'unknown-stage-events':
      '{count|one:حدث واحد|two:حدثان|few:# أحداث|many:# حدثًا|# حدث} لمرحلة ليست في هذا القمع ولا تُحتسب.',
    'undated-records':
      '{count|one:سجل واحد|two:سجلان|few:# سجلات|many:# سجلًا|# سجل} بمرحلة دون تاريخ، تُحتسب في اللقطة فقط.',
    'unlinked-opportunities':
      '{count|one:فرصة واحدة|two:فرصتان|few:# فرص|many:# فرصة|# فرصة} غير مرتبطة بسجل في هذا القمع ولا تُحتسب.',
    overdue: '{count|one:واحد|two:اثنان|few:#|many:#|#} من المفتوح تجاوز موعده الموعود.',
    'flow-ratio': 'هذه تدفقات فترة واحدة لا فوج واحد: نسبتها ليست معدل تحويل وقد تتجاوز 100٪.',
    'mixed-currency': 'المبالغ التي لا سعر صرف لها لا تُجمع.',
    'no-amount': '{count|one:سجل واحد|two:سجلان|few:# سجلات|many:# سجلًا|# سجل} بلا مبلغ ولا تضيف إلى القيمة.',
    'definition-break': 'تغيّر التعريف خلال هذه الفترة. لا تُقارن الأرقام قبله وبعده.',
    'rising-counts': 'في {stage} أكثر مما في المرحلة السابقة، لذلك حُذفت المعدلات.',
  },
  clearFilter: 'إلغاء الشريحة',
  asking: (what) => (what === '' ? 'جارٍ طلب الأرقام…' : `جارٍ طلب ${what}…`),
  periodLabel: 'الفترة',
  sameAge: (period) => `${period} في العمر نفسه`,
  points: (n) => `${n} نقطة`,
  anyTime: 'أي وقت',
  quarter: (quarter, year) => `الربع ${quarter} ${year}`,
  week: (week, year) => `الأسبوع ${week} من ${year}`,
  lastDays: (days) => `آخر ${days} يومًا`,
  minutes: (n) => `${n} د`,
  hours: (n) => `${n} س`,
  hoursMinutes: (h, m) => `${h} س ${m} د`,
  days: (n, text) =>
    form(n, { one: 'يوم واحد', two: 'يومان', few: `${text} أيام`, many: `${text} يومًا`, other: `${text} يوم` }),
  maturingText: (share, things, days) => `${share} من ${things} أكملت مدتها ${days} يومًا. ستنمو المراحل اللاحقة.`,
};
