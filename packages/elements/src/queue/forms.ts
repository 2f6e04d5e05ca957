import type { HandoffDetail } from '@sama/metrics/contracts';
import type { DeskWords } from './desk-words.ts';

interface Option {
  value: string;
  text: string;
  disabled?: boolean;
}

/** One thing a form asks for, by the name its value has. */
export type Field =
  | { kind: 'checks'; name: string; options: readonly Option[] }
  | { kind: 'choice'; name: string; label: string; options: readonly Option[] }
  | { kind: 'text' | 'long' | 'date' | 'datetime-local'; name: string; label: string; required: boolean };

/** What an action needs to be told. */
export interface Form {
  title: string;
  hint: string;
  submit: string;
  fields: readonly Field[];
  /** The payload of the command, or in words what is lacking. */
  payload: (values: FormData) => Record<string, unknown> | string;
}

const textOf = (values: FormData, name: string): string => {
  const value = values.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

/** `{ text }`, or nothing where there is none. */
const some = (name: string, text: string): Record<string, string> => (text === '' ? {} : { [name]: text });

/** The form of an action, with what this hand-off offers to choose from. */
export function formOf(type: string, { choices, missing, me }: HandoffDetail, t: DeskWords): Form {
  const title = t.acts[type] ?? type;
  const base = { title, hint: '', submit: title };
  const words = (name: string, label: string, required = true): Field => ({ kind: 'long', name, label, required });
  const reasons = (list: HandoffDetail['choices']['recycle']): Field => ({
    kind: 'choice',
    name: 'reason',
    label: t.reasonLabel,
    options: list.map(({ code, label }) => ({ value: code, text: label })),
  });
  switch (type) {
    case 'return':
      return {
        ...base,
        title: t.whatIsMissing,
        hint: t.returnHint,
        submit: t.returnTo,
        fields: [
          {
            kind: 'checks',
            name: 'missing',
            options: choices.return.map(({ code, label, asks }) => ({ value: code, text: asks ?? label })),
          },
          { kind: 'text', name: 'text', label: t.helpText, required: false },
        ],
        payload: (values) => returnPayload(values, choices.return, t),
      };
    case 'resubmit':
      return {
        ...base,
        hint: t.resubmitHint,
        fields: missing.flatMap(({ element, label }): Field[] => [
          {
            kind: 'choice',
            name: `answer:${element}`,
            label,
            options: [
              { value: 'completed', text: t.completed },
              { value: 'waived', text: t.waived },
            ],
          },
          { kind: 'text', name: `text:${element}`, label: t.whyWaived, required: false },
        ]),
        payload: (values) => resubmitPayload(values, missing, t),
      };
    case 'recycle':
      return {
        ...base,
        hint: t.recycleHint,
        fields: [
          reasons(choices.recycle),
          { kind: 'date', name: 'reviewOn', label: t.reviewLabel, required: true },
          words('text', t.wordsOptional, false),
        ],
        payload: (values) => ({
          reason: textOf(values, 'reason'),
          reviewOn: textOf(values, 'reviewOn'),
          ...some('text', textOf(values, 'text')),
        }),
      };
    case 'disqualify':
      return {
        ...base,
        hint: t.disqualifyHint,
        fields: [reasons(choices.disqualify), words('text', t.wordsOptional, false)],
        payload: (values) => {
          const reason = textOf(values, 'reason');
          const text = textOf(values, 'text');
          const needs = choices.disqualify.find(({ code }) => code === reason)?.needs;
          if (needs !== undefined && text === '') return t.needsWords;
          return { reason, ...some(needs === 'evidence' ? 'evidence' : 'text', text) };
        },
      };
    case 'reassign':
      return {
        ...base,
        fields: [
          {
            kind: 'choice',
            name: 'seller',
            label: t.sellerLabel,
            options: choices.sellers.map(({ id, name, refusal }) => ({
              value: id,
              text: refusal === undefined ? name : t.cannotTake(name, refusal),
              disabled: refusal !== undefined,
            })),
          },
          words('reason', t.wordsOptional, false),
        ],
        payload: (values) => ({ seller: textOf(values, 'seller'), ...some('reason', textOf(values, 'reason')) }),
      };
    case 'offer':
      return {
        ...base,
        fields: [
          {
            kind: 'choice',
            name: 'to',
            label: t.sellerLabel,
            options: [
              ...choices.pools.map(({ id, name }) => ({ value: `pool:${id}`, text: t.inPool(name) })),
              ...choices.sellers.map(({ id, name, refusal }) => ({
                value: `seller:${id}`,
                text: name,
                disabled: refusal !== undefined,
              })),
            ],
          },
        ],
        payload: (values) => {
          const [kind = '', ...id] = textOf(values, 'to').split(':');
          return { [kind]: id.join(':') };
        },
      };
    case 'logResponse':
      return {
        ...base,
        fields: [
          {
            kind: 'choice',
            name: 'activity',
            label: t.activityLabel,
            options: Object.entries(t.activities).map(([value, text]) => ({ value, text })),
          },
        ],
        payload: (values) => ({ activity: textOf(values, 'activity'), direction: 'out', by: 'human' }),
      };
    case 'pause':
      return me?.role === 'seller'
        ? {
            ...base,
            fields: [{ kind: 'datetime-local', name: 'until', label: t.untilLabel, required: true }],
            payload: (values) => ({ reason: 'leadAsked', until: new Date(textOf(values, 'until')).toISOString() }),
          }
        : { ...base, fields: [], payload: () => ({ reason: 'legalHold' }) };
    case 'withdraw':
    case 'release':
      return {
        ...base,
        fields: [words('reason', t.wordsLabel)],
        payload: (values) => some('reason', textOf(values, 'reason')),
      };
    default:
      return {
        ...base,
        hint: t.noteHint,
        fields: [words('text', t.noteLabel)],
        payload: (values) => some('text', textOf(values, 'text')),
      };
  }
}

/** The words go with what needs some, else with the first that is missing. */
function returnPayload(
  values: FormData,
  list: HandoffDetail['choices']['return'],
  t: DeskWords,
): Record<string, unknown> | string {
  const ticked = values.getAll('missing').map(String);
  const text = textOf(values, 'text');
  if (ticked.length === 0) return t.tickOne;
  const needy = ticked.filter((element) => list.find(({ code }) => code === element)?.needs === 'text');
  if (needy.length > 0 && text === '') return t.needsWords;
  const bearers = needy.length > 0 ? needy : ticked.slice(0, 1);
  return {
    missing: ticked.map((element) => ({ element, ...(bearers.includes(element) ? some('text', text) : {}) })),
  };
}

function resubmitPayload(
  values: FormData,
  missing: HandoffDetail['missing'],
  t: DeskWords,
): Record<string, unknown> | string {
  const answers = missing.map(({ element }) => ({
    element,
    answer: textOf(values, `answer:${element}`),
    ...some('text', textOf(values, `text:${element}`)),
  }));
  return answers.some((one) => one.answer === 'waived' && !('text' in one)) ? t.needsWords : { answers };
}
