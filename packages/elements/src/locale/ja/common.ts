import type { Own } from '../own.ts';

/** Japanese words that widgets with figures share. */
export const common: Own['common'] = {
  warnings: {
    'row-filter': '閲覧権限のあるレコードのみです。',
    'future-events': '{count} 件のイベントはこの数値の時点より後のため、除外しています。',
    'unknown-stage-events': '{count} 件のイベントはこのファネルにないステージのため、除外しています。',
    'undated-records': '{count} 件のレコードはステージの日付がなく、スナップショットでのみ数えています。',
    'unlinked-opportunities': '{count} 件の商談はこのファネルのレコードに紐づいていないため、除外しています。',
    overdue: '未完了のうち {count} 件が約束の期限を過ぎています。',
    'flow-ratio':
      '1 つのコホートではなく 1 つの期間の流量です。比率はコンバージョン率ではなく、100% を超えることがあります。',
    'mixed-currency': '換算レートのない金額は合計していません。',
    'no-amount': '{count} 件のレコードには金額がなく、合計に含まれません。',
    'definition-break': 'この期間中に定義が変わりました。前後の数値は比較できません。',
    'rising-counts': '{stage} が前のステージより多いため、率を表示しません。',
  },
  clearFilter: 'セグメントを解除',
  asking: (what) => (what === '' ? '数値を問い合わせています…' : `${what}を問い合わせています…`),
  periodLabel: '期間',
  sameAge: (period) => `同じ経過日数の${period}`,
  points: (n) => `${n} pt`,
  anyTime: '全期間',
  quarter: (quarter, year) => `${year}年 第${quarter}四半期`,
  week: (week, year) => `${year}年 第${week}週`,
  lastDays: (days) => `過去 ${days} 日間`,
  minutes: (n) => `${n} 分`,
  hours: (n) => `${n} 時間`,
  hoursMinutes: (h, m) => `${h} 時間 ${m} 分`,
  days: (_, text) => `${text} 日`,
  maturingText: (share, things, days) =>
    `${things}のうち ${share} が ${days} 日間を満了しています。後のステージはこれから増えます。`,
};
