import { formsOf } from '../forms.ts';
import type { Own } from '../own.ts';

const form = formsOf('es');

/** Spanish words of what opens below the chart of a funnel. */
export const behind: Own['behind'] = {
  close: 'Cerrar',
  fromTo: (from, to) => `De ${from} a ${to}`,
  whatBecame: (n, stage) => `Qué fue de los ${n} en ${stage}`,
  outcome: 'Resultado',
  shareOf: (stage) => `Parte de ${stage}`,
  undecided: (n, text, stage) => `${text} ${form(n, { one: 'sigue', other: 'siguen' })} sin decidir en ${stage}.`,
  overdue: (n, text) =>
    `${text} de ellos ${form(n, { one: 'ha superado', other: 'han superado' })} el plazo prometido.`,
  unowned: (n, text) => `${text} de ellos no ${form(n, { one: 'tiene', other: 'tienen' })} responsable.`,
  onlyCounted: 'Esta vista solo cuenta; qué fue de cada persona se ve en la cohorte.',
  stay: (stage) => `Cuánto tiempo permanecen en ${stage}`,
  stayText: (share, stage, days) => `El ${share} sigue en ${stage} después de ${days}.`,
  stayShare: 'Siguen ahí',
  conversion: (stage) => `Cuándo llegan a ${stage}`,
  conversionText: (share, stage, days) => `El ${share} ha llegado a ${stage} en ${days}.`,
  conversionShare: 'Han llegado',
  after: 'Después de',
  stillFollowed: 'Seguidos hasta entonces',
  asTable: 'Como tabla',
  tooFewFollowed: (n) => `${n} son muy pocos para una curva.`,
  methodStay: 'Kaplan–Meier: a quien sigue ahí se le sigue hasta ahora y después se le deja fuera.',
  methodConversion: 'Aalen–Johansen: quien está perdido o descalificado ya no puede convertirse.',
  reasons: (kind, n) => `Motivos: ${kind} (${n})`,
  reason: 'Motivo',
  together: 'Acumulado',
  noReason: 'Sin motivo indicado',
  otherReasons: 'Otros motivos',
  anyReason: 'Cualquier motivo',
  nobodys: 'sin responsable',
  whoTheyAre: 'Quiénes son',
  recordsOf: (stage) => `Registros en ${stage}`,
  all: 'Todos',
  pastPromise: 'Fuera de plazo',
  record: 'Registro',
  enteredOn: 'Entrada',
  shown: (n, total) => `${n} de ${total}`,
  showMore: 'Mostrar más',
  detailsAsked: 'Pidiendo los detalles…',
  noDetails: 'La fuente de esta página no dice más que el gráfico.',
};
