import type { EntityType } from '@sama/metrics/contracts';

/** Words of column names, without accents, in English, German, Spanish and French. */
const MEANINGS = {
  id: ['id', 'kennung', 'identificador', 'identifiant'],
  key: ['email', 'key', 'number', 'no', 'nr', 'nummer', 'schlussel', 'numero', 'clave', 'cle'],
  opportunity: [
    'opportunity',
    'opp',
    'deal',
    'verkaufschance',
    'chance',
    'geschaft',
    'oportunidad',
    'negocio',
    'opportunite',
    'affaire',
  ],
  person: [
    'contact',
    'lead',
    'person',
    'people',
    'email',
    'mql',
    'kontakt',
    'interessent',
    'contacto',
    'persona',
    'personne',
  ],
  personLink: ['contact', 'person', 'lead', 'kontakt', 'interessent', 'contacto', 'persona', 'personne'],
  account: [
    'account',
    'company',
    'organisation',
    'organization',
    'firma',
    'unternehmen',
    'kunde',
    'konto',
    'empresa',
    'cuenta',
    'cliente',
    'entreprise',
    'societe',
    'compte',
    'client',
  ],
  campaign: ['campaign', 'kampagne', 'campana', 'campagne'],
  description: ['name', 'type', 'size', 'typ', 'grosse', 'nombre', 'tipo', 'nom', 'taille'],
  owner: [
    'owner',
    'rep',
    'agent',
    'assignee',
    'assigned',
    'besitzer',
    'inhaber',
    'betreuer',
    'verantwortlich',
    'verantwortlicher',
    'zustandig',
    'propietario',
    'responsable',
    'vendedor',
    'proprietaire',
    'commercial',
  ],
  state: ['stage', 'status', 'lifecycle', 'phase', 'stufe', 'zustand', 'estado', 'etapa', 'fase', 'statut', 'etape'],
  date: ['date', 'at', 'datum', 'am', 'fecha', 'le'],
  amount: [
    'amount',
    'revenue',
    'arr',
    'acv',
    'mrr',
    'betrag',
    'umsatz',
    'auftragswert',
    'dealwert',
    'importe',
    'monto',
    'ingresos',
    'montant',
    'revenu',
  ],
  value: ['value', 'price', 'total', 'wert', 'preis', 'summe', 'volumen', 'valor', 'precio', 'valeur', 'prix'],
  currency: ['currency', 'iso', 'code', 'wahrung', 'waehrung', 'moneda', 'divisa', 'devise', 'monnaie'],
} satisfies Record<string, readonly string[]>;

/** The words of a column name: `closeDate`, `Close Date` and `close_date` are all `close date`; accents fall away. */
function words(name: string): string[] {
  return name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Whether a column name contains a word for one of these. */
export function named(name: string, ...any: (keyof typeof MEANINGS)[]): boolean {
  const parts = words(name);
  return any.some((meaning) => MEANINGS[meaning].some((word) => parts.includes(word)));
}

/** What a column of this name belongs to. */
export function entityOf(name: string): EntityType | undefined {
  return (['opportunity', 'person', 'account'] as const).find((type) => named(name, type));
}

/** Names of stages beyond their own, in other languages. */
const STAGE_NAMES: Record<string, readonly string[]> = {
  won: ['gewonnen', 'gewinn', 'gewinndatum', 'ganado', 'ganada', 'gagne', 'gagnee'],
  lost: ['verloren', 'verlust', 'verlustdatum', 'perdido', 'perdida', 'perdu', 'perdue'],
  opportunity: ['verkaufschance', 'oportunidad', 'opportunite'],
};

const CREATED = [
  'created',
  'create',
  'erstellt',
  'erstelldatum',
  'erstellungsdatum',
  'angelegt',
  'anlagedatum',
  'erfasst',
  'creado',
  'creada',
  'creacion',
  'cree',
  'creee',
  'creation',
];
const CLOSED = [
  'close',
  'closed',
  'abgeschlossen',
  'abschluss',
  'abschlussdatum',
  'geschlossen',
  'cerrado',
  'cerrada',
  'cierre',
  'cloture',
  'cloturee',
  'ferme',
  'fermee',
  'conclu',
];

/** Words that say what a column's date closes or opens, beyond the stage's own name. */
const STAGE_WORDS: Record<string, readonly string[]> = {
  won: ['won', 'win', ...CLOSED],
  lost: ['lost', ...CLOSED],
  opportunity: ['opportunity', 'opp'],
  lead: ['lead', ...CREATED],
  inquiry: ['inquiry', ...CREATED],
  customer: ['customer', 'won'],
};

/** Whether a value such as `Closed Won` or `Gewonnen` names a stage. */
export function namesStage(value: string, stage: { key: string; label?: string }): boolean {
  const parts = words(value);
  const [target, ...own] = [value, stage.key, stage.label ?? stage.key].map((text) => words(text).join(''));
  if (target === '' || target === undefined) return false;
  const translated = STAGE_NAMES[stage.key] ?? [];
  return (
    own.some((name) => target === name || target === `closed${name}`) ||
    (parts.some((part) => translated.includes(part)) &&
      parts.every((part) => translated.includes(part) || CLOSED.includes(part)))
  );
}

/** How well a date column's name fits a stage: 2 = its own name, 1 = a related word, 0 = not. */
export function stageFit(column: string, stage: { key: string; label?: string }): 0 | 1 | 2 {
  const parts = words(column).filter(
    (word) => !['date', 'at', 'on', 'time', 'timestamp', 'day', 'became', 'entered', 'stage', 'a', 'an'].includes(word),
  );
  const own = [words(stage.key), words(stage.label ?? stage.key)];
  for (const name of own) {
    if (name.length > 0 && name.every((word) => parts.some((part) => part === word || sharesStem(part, word))))
      return 2;
  }
  if (parts.some((part) => STAGE_NAMES[stage.key]?.includes(part))) return 2;
  return parts.some((part) => STAGE_WORDS[stage.key]?.includes(part)) ? 1 : 0;
}

/** `engage` and `engaging`, `prospect` and `prospecting`: same beginning, all but the inflection. */
function sharesStem(one: string, other: string): boolean {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  return same >= 5 && Math.max(one.length, other.length) - same <= 3;
}

/** The name of the attribute a column becomes: as the column's, without what a mapping does not allow, once only. */
export function attributeName(column: string, taken: Readonly<Record<string, unknown>>): string {
  const base =
    column
      .normalize('NFKC')
      .replaceAll(/[^\w -]+/gu, '_')
      .slice(0, 100) || 'column';
  let key = base;
  for (let n = 2; Object.hasOwn(taken, key) || key === '__proto__'; n += 1) key = `${base.slice(0, 96)}_${n}`;
  return key;
}
