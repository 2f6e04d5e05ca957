import { formsOf } from '../forms.ts';
import type { Own } from '../own.ts';

const form = formsOf('de');

/** German words of what opens below the chart of a funnel. */
export const behind: Own['behind'] = {
  close: 'Schließen',
  fromTo: (from, to) => `Von ${from} zu ${to}`,
  whatBecame: (n, stage) => `Was aus den ${n} bei ${stage} wurde`,
  outcome: 'Ergebnis',
  shareOf: (stage) => `Anteil an ${stage}`,
  undecided: (n, text, stage) => `${text} ${form(n, { one: 'ist', other: 'sind' })} bei ${stage} noch unentschieden.`,
  overdue: (n, text) => `${text} davon ${form(n, { one: 'ist', other: 'sind' })} über die Zusage hinaus.`,
  unowned: (n, text) => `${text} davon ${form(n, { one: 'hat', other: 'haben' })} niemanden, der zuständig ist.`,
  onlyCounted: 'Diese Ansicht zählt; was aus den Leuten wurde, zeigt die Kohorte.',
  stay: (stage) => `Wie lange die Leute bei ${stage} bleiben`,
  stayText: (share, stage, days) => `${share} sind nach ${days} noch bei ${stage}.`,
  stayShare: 'Noch da',
  conversion: (stage) => `Wann die Leute ${stage} erreichen`,
  conversionText: (share, stage, days) => `${share} haben ${stage} nach ${days} erreicht.`,
  conversionShare: 'Erreicht',
  after: 'Nach',
  stillFollowed: 'Bis dahin verfolgt',
  asTable: 'Als Tabelle',
  tooFewFollowed: (n) => `${n} sind zu wenige für eine Kurve.`,
  methodStay: 'Kaplan–Meier: Wer noch da ist, wird bis jetzt verfolgt und dann ausgelassen.',
  methodConversion: 'Aalen–Johansen: Wer verloren oder disqualifiziert ist, kann nicht mehr gewonnen werden.',
  whoTheyAre: 'Wer sie sind',
  recordsOf: (stage) => `Datensätze bei ${stage}`,
  all: 'Alle',
  pastPromise: 'Über die Zusage hinaus',
  record: 'Datensatz',
  enteredOn: 'Eingetreten',
  shown: (n, total) => `${n} von ${total}`,
  showMore: 'Mehr zeigen',
  detailsAsked: 'Die Einzelheiten werden erfragt …',
  noDetails: 'Die Quelle dieser Seite sagt nicht mehr als das Diagramm.',
};
