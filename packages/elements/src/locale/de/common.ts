import { formsOf } from '../forms.ts';
import type { Own } from '../own.ts';

const form = formsOf('de');

/** German words that widgets with figures share. */
export const common: Own['common'] = {
  warnings: {
    'row-filter': 'Nur die Datensätze, die Sie sehen dürfen.',
    'future-events':
      '{count|# Ereignis liegt|# Ereignisse liegen} nach dem Stand dieser Zahlen und {count|zählt|zählen} nicht mit.',
    'unknown-stage-events':
      '{count|# Ereignis gehört|# Ereignisse gehören} zu einer Stufe, die dieser Funnel nicht hat, und {count|zählt|zählen} nicht mit.',
    'undated-records':
      '{count|# Datensatz hat|# Datensätze haben} eine Stufe, aber kein Datum und {count|zählt|zählen} nur in der Momentaufnahme.',
    'unlinked-opportunities':
      '{count|# Opportunity ist|# Opportunities sind} mit keinem Datensatz dieses Funnels verknüpft und {count|zählt|zählen} nicht mit.',
    overdue: '{count|# der offenen ist|# der offenen sind} über der zugesagten Zeit.',
    'flow-ratio':
      'Dies sind Flüsse eines Zeitraums, nicht einer Kohorte: Ihr Verhältnis ist keine Conversion-Rate und kann über 100 % liegen.',
    'mixed-currency': 'Beträge ohne Wechselkurs werden nicht addiert.',
    'no-amount':
      '{count|# Datensatz hat|# Datensätze haben} keinen Betrag und {count|trägt|tragen} nichts zum Wert bei.',
    'definition-break':
      'Die Definition hat sich in diesem Zeitraum geändert. Zahlen davor und danach sind nicht vergleichbar.',
    'rising-counts': '{stage} hat mehr als die Stufe davor, deshalb fehlen Raten.',
  },
  clearFilter: 'Segment aufheben',
  asking: (what) => (what === '' ? 'Fragt nach den Zahlen…' : `Fragt nach ${what}…`),
  periodLabel: 'Zeitraum',
  sameAge: (period) => `${period} im gleichen Alter`,
  points: (n) => `${n} Pkt.`,
  anyTime: 'jederzeit',
  quarter: (quarter, year) => `Q${quarter} ${year}`,
  week: (week, year) => `KW ${week} ${year}`,
  lastDays: (days) => `die letzten ${days} Tage`,
  minutes: (n) => `${n} min`,
  hours: (n) => `${n} h`,
  hoursMinutes: (h, m) => `${h} h ${m}`,
  days: (n, text) => `${text} ${form(n, { one: 'Tag', other: 'Tage' })}`,
  maturingText: (share, things, days) =>
    `${share} dieser ${things} hatten ihre vollen ${days} Tage. Spätere Stufen wachsen noch.`,
};
