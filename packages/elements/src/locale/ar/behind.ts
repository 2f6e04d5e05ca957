import { formsOf } from '../forms.ts';
import type { Own } from '../own.ts';

const form = formsOf('ar');

/** Arabic words of what opens below the chart of a funnel. */
export const behind: Own['behind'] = {
  close: 'إغلاق',
  fromTo: (from, to) => `من ${from} إلى ${to}`,
  whatBecame: (n, stage) => `ما آل إليه ${n} في ${stage}`,
  outcome: 'النتيجة',
  shareOf: (stage) => `الحصة من ${stage}`,
  undecided: (_, text, stage) => `لم يُبت بعد في ${text} عند ${stage}.`,
  overdue: (n, text) =>
    form(n, {
      two: `${text} منهم تجاوزا الوعد.`,
      other: `${text} منهم تجاوزوا الوعد.`,
      one: `${text} منهم تجاوز الوعد.`,
    }),
  unowned: (_, text) => `${text} منهم بلا مسؤول.`,
  onlyCounted: 'هذا العرض يعدّ فقط؛ ما آل إليه الأشخاص يظهر في عرض الفوج.',
  stay: (stage) => `مدة البقاء في ${stage}`,
  stayText: (share, stage, days) => `لا يزال ${share} في ${stage} بعد ${days}.`,
  stayShare: 'الباقون',
  conversion: (stage) => `متى يبلغون ${stage}`,
  conversionText: (share, stage, days) => `بلغ ${share} مرحلة ${stage} خلال ${days}.`,
  conversionShare: 'البالغون',
  after: 'بعد',
  stillFollowed: 'المتابَعون حتى ذلك الحين',
  asTable: 'عرض كجدول',
  tooFewFollowed: (n) => `${n} عدد أقل من أن يُرسم له منحنى.`,
  methodStay: 'كابلان–ماير: من لا يزال باقيًا يُتابَع حتى الآن ثم يُستبعد.',
  methodConversion: 'آلن–يوهانسن: من خُسر أو استُبعد لا يمكنه التحول بعد ذلك.',
  reasons: (kind, n) => `الأسباب: ${kind} (${n})`,
  reason: 'السبب',
  together: 'المجموع التراكمي',
  noReason: 'لم يُذكر سبب',
  otherReasons: 'أسباب أخرى',
  anyReason: 'أي سبب',
  nobodys: 'بلا مسؤول',
  happened: 'ما حدث في هذه المدة',
  kinds: { event: 'حدث', campaign: 'حملة', 'definition-break': 'تغيّر التعريف', holiday: 'عطلة', decision: 'قرار' },
  broken: 'لا تعني الأرقام قبله وبعده الشيء نفسه.',
  whoTheyAre: 'من هم',
  recordsOf: (stage) => `السجلات في ${stage}`,
  all: 'الكل',
  pastPromise: 'متجاوز للوعد',
  record: 'السجل',
  enteredOn: 'تاريخ الدخول',
  shown: (n, total) => `${n} من ${total}`,
  showMore: 'عرض المزيد',
  detailsAsked: 'جارٍ طلب التفاصيل…',
  noDetails: 'مصدر هذه الصفحة لا يقول أكثر مما في الرسم.',
};
