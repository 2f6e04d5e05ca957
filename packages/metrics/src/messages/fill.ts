/** What a template's placeholders are filled with. */
export type MessageParams = Readonly<Record<string, string | number>>;

/**
 * A sentence in one language: plain, or with a form for each plural category of `{count}`.
 * `{name}` takes a parameter, `{name%}` one that is a share from 0 to 1. `plain` is said when
 * the numbers are not given.
 */
export type Message = string | (Partial<Record<Intl.LDMLPluralRule, string>> & { other: string; plain: string });

/**
 * Fills a message with its parameters as plain text: numbers in the reader's language, strings
 * as they are. A form whose parameters are not all given gives way to `plain`; in a message
 * without one the placeholder is left out.
 *
 * @param locale BCP 47 tag of the message's language, for plurals and numbers.
 */
export function fillMessage(message: Message, params: MessageParams = {}, locale = 'en'): string {
  if (typeof message === 'string') return filled(message, params, locale) ?? message.replace(PLACEHOLDER, '');
  const count = params['count'];
  const form = typeof count === 'number' ? message[new Intl.PluralRules(locale).select(count)] : undefined;
  return filled(form ?? message.other, params, locale) ?? message.plain;
}

const PLACEHOLDER = /\{(\w+)(%?)\}/g;

/** The template with every placeholder filled, or `null` when a parameter is missing. */
function filled(template: string, params: MessageParams, locale: string): string | null {
  let complete = true;
  const text = template.replace(PLACEHOLDER, (_, name: string, percent: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (value === undefined) complete = false;
    if (typeof value !== 'number') return value ?? '';
    return new Intl.NumberFormat(locale, percent ? { style: 'percent', maximumFractionDigits: 1 } : {}).format(value);
  });
  return complete ? text : null;
}
