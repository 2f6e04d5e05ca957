import { formsOf } from '../forms.ts';
import type { Own } from '../own.ts';

const form = formsOf('es');

/** Spanish words that widgets with figures share. */
export const common: Own['common'] = {
  warnings: {
    'row-filter': 'Solo los registros que usted puede ver.',
    'future-events':
      '{count|# evento es posterior|# eventos son posteriores} a la fecha de estas cifras y no {count|cuenta|cuentan}.',
    'unknown-stage-events':
      '{count|# evento es|# eventos son} de una etapa que este embudo no tiene y no {count|cuenta|cuentan}.',
    'undated-records':
      '{count|# registro tiene|# registros tienen} etapa pero no fecha y {count|cuenta|cuentan} solo en la foto fija.',
    'unlinked-opportunities':
      '{count|# oportunidad no está vinculada|# oportunidades no están vinculadas} a un registro de este embudo y no {count|cuenta|cuentan}.',
    overdue: '{count|# de las abiertas ha superado|# de las abiertas han superado} el plazo comprometido.',
    'flow-ratio':
      'Son flujos de un periodo, no de una cohorte: su cociente no es una tasa de conversión y puede superar el 100 %.',
    'mixed-currency': 'Los importes sin tipo de cambio no se suman.',
    'no-amount': '{count|# registro no tiene|# registros no tienen} importe y no {count|suma|suman} nada al valor.',
    'definition-break':
      'La definición cambió dentro de este periodo. Las cifras de antes y de después no son comparables.',
    'rising-counts': '{stage} tiene más que la etapa anterior, por eso faltan las tasas.',
  },
  clearFilter: 'Quitar el segmento',
  asking: (what) => (what === '' ? 'Pidiendo las cifras…' : `Pidiendo ${what}…`),
  periodLabel: 'Periodo',
  sameAge: (period) => `${period} a la misma edad`,
  points: (n) => `${n} p. p.`,
  anyTime: 'cualquier fecha',
  quarter: (quarter, year) => `T${quarter} ${year}`,
  week: (week, year) => `semana ${week} de ${year}`,
  lastDays: (days) => `los últimos ${days} días`,
  minutes: (n) => `${n} min`,
  hours: (n) => `${n} h`,
  hoursMinutes: (h, m) => `${h} h ${m}`,
  days: (n, text) => `${text} ${form(n, { one: 'día', other: 'días' })}`,
  maturingText: (share, things, days) =>
    `${share} de estos ${things} han tenido sus ${days} días completos. Las etapas posteriores crecerán.`,
};
