import { ConnectorError } from './errors.ts';
import type { Pace } from './patience.ts';
import type { WriteBackSettings } from './settings.ts';

/** What sales decided about a person who was handed over. @beta */
export interface HandoffOutcome {
  /** As persons are called here. */
  personId: string;
  decision: 'accepted' | 'returned';
  /** Of a return. */
  reason?: string;
  /** The day of the decision in the reporting time zone, `YYYY-MM-DD`. */
  day: string;
}

/** A field, what it should hold and what it holds. @beta */
export interface WrittenField {
  field: string;
  wanted: string;
  found: string | null;
}

/**
 * What became of a write-back. `written` = re-read and right, `unchanged` = it was right before,
 * `differs` = the source accepted the write and then holds something else, as a rule of its own may do,
 * `conflict` = somebody else changed these fields between the first look and the last, so that a person has to look.
 * @beta
 */
export interface WriteBackResult {
  personId: string;
  status: 'written' | 'unchanged' | 'differs' | 'conflict';
  fields: WrittenField[];
}

/** Writes decisions to where a record came from. @beta */
export interface WriteBack {
  /**
   * Sets the fields of the settings, reads the record again and says what it holds. Done twice, it changes
   * nothing the second time.
   * @throws ConnectorError
   */
  write(outcome: HandoffOutcome, signal?: AbortSignal): Promise<WriteBackResult>;
}

type Values = Readonly<Record<string, string | null>>;

/** A record as it was found. */
export interface Standing {
  values: Values;
  /** Another one after each change; absent where the source shows none. */
  stamp?: string | undefined;
  /** The value each field had before the one it has, where the source tells. */
  before?: Values | undefined;
}

/** One record of a source that can be read and written. */
export interface Writable {
  read(fields: readonly string[]): Promise<Standing>;
  /**
   * Writes, and returns the stamp after that where it is told.
   * @throws ConnectorError `conflict` where the source sees that the record changed since it was read; nothing is written.
   */
  update(values: Readonly<Record<string, string>>, read: Standing): Promise<string | undefined>;
}

/** Milliseconds between two looks at a record: some sources show a write a little later. */
const LOOK_AGAIN_MS = [0, 1000, 4000];

/** Writes what differs, and looks until it is there or a little time has passed. */
export async function writeVerified(
  personId: string,
  record: Writable,
  wanted: Readonly<Record<string, string>>,
  pace: Pace,
  signal: AbortSignal | undefined,
): Promise<WriteBackResult> {
  const names = Object.keys(wanted);
  const fieldsOf = ({ values }: Standing): WrittenField[] =>
    names.map((field) => ({ field, wanted: wanted[field] ?? '', found: values[field] ?? null }));
  const differing = (standing: Standing): string[] => names.filter((name) => standing.values[name] !== wanted[name]);
  const first = await record.read(names);
  const changed = differing(first);
  const result = (status: WriteBackResult['status'], standing: Standing): WriteBackResult => ({
    personId,
    status,
    fields: fieldsOf(standing),
  });
  if (changed.length === 0) return result('unchanged', first);
  let stamp: string | undefined;
  try {
    stamp = await record.update(Object.fromEntries(changed.map((field) => [field, wanted[field] ?? ''])), first);
  } catch (error) {
    if (!(error instanceof ConnectorError) || error.code !== 'conflict') throw error;
    return result('conflict', await record.read(names));
  }
  let last = first;
  for (const pause of LOOK_AGAIN_MS) {
    if (pause > 0) await pace.sleep(pause, signal);
    last = await record.read(names);
    if (differing(last).length === 0)
      return result(changed.some((field) => hasOverwritten(field, first, last)) ? 'conflict' : 'written', last);
  }
  // What a rule of the source sets back comes with the write itself; what comes later is somebody's.
  const isLater = stamp !== undefined && last.stamp !== undefined && last.stamp !== stamp;
  return result(isLater && differing(last).some((field) => !isSame(field, first, last)) ? 'conflict' : 'differs', last);
}

const isSame = (field: string, a: Standing, b: Standing): boolean =>
  (a.values[field] ?? '') === (b.values[field] ?? '');

/** Whether a write took the place of another value than the one that was read before it. */
function hasOverwritten(field: string, first: Standing, last: Standing): boolean {
  const between = last.before?.[field];
  if (between === undefined) return false;
  const known = [first.values[field] ?? '', last.values[field] ?? ''];
  return !known.includes(between ?? '');
}

/** The fields of a decision and their values. */
export function wantedOf(
  { status, reason, salDate }: WriteBackSettings,
  outcome: HandoffOutcome,
): Record<string, string> {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(outcome.day))
    throw new ConnectorError('settings', `day: ${outcome.day.slice(0, 40)} is not a day such as 2026-07-01.`);
  const accepted = outcome.decision === 'accepted';
  return {
    [status.field]: accepted ? status.accepted : status.returned,
    ...(reason !== undefined && !accepted && outcome.reason !== undefined ? { [reason]: outcome.reason } : {}),
    ...(salDate !== undefined && accepted ? { [salDate]: outcome.day } : {}),
  };
}

/** What a source says of a field that is to be written. */
export interface WritableField {
  name: string;
  /** Absent where any text will do. */
  options?: readonly string[] | undefined;
  /** As the source calls it. */
  type: string;
  writable: boolean;
}

/** Refuses settings the source cannot serve, before anything is written. Throws a ConnectorError `settings`. */
export function checkWriteBack(object: string, settings: WriteBackSettings, fields: readonly WritableField[]): void {
  const { status, reason, salDate } = settings;
  const wanted: [path: string, name: string, values: readonly string[]][] = [
    ['writeBack.status.field', status.field, [status.accepted, status.returned]],
    ...(reason === undefined ? [] : [['writeBack.reason', reason, []] satisfies [string, string, string[]]]),
    ...(salDate === undefined ? [] : [['writeBack.salDate', salDate, []] satisfies [string, string, string[]]]),
  ];
  for (const [path, name, values] of wanted) {
    const field = fields.find((one) => one.name === name);
    if (field === undefined) throw new ConnectorError('settings', `${path}: ${object} has no field "${name}".`);
    if (!field.writable)
      throw new ConnectorError('settings', `${path}: the field "${name}" of ${object} cannot be written.`);
    if (name === salDate && field.type === 'datetime')
      throw new ConnectorError(
        'settings',
        `${path}: the field "${name}" of ${object} holds a moment, and the date of a decision is a day. Name a field of days.`,
      );
    const unknown = values.find((value) => field.options !== undefined && !field.options.includes(value));
    if (unknown !== undefined)
      throw new ConnectorError(
        'settings',
        `${path}: "${name}" has no value "${unknown}". It has: ${(field.options ?? []).join(', ')}.`,
      );
  }
}

/** The settings of a write-back. Throws a ConnectorError `settings` where there are none. */
export function requireWriteBack(settings: WriteBackSettings | undefined): WriteBackSettings {
  if (settings === undefined)
    throw new ConnectorError(
      'settings',
      'writeBack is not set: it names the field of the state and its values for accepted and returned.',
    );
  return settings;
}
