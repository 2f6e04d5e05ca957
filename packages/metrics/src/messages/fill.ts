/** What a template's placeholders are filled with. @public */
export type MessageParams = Readonly<Record<string, string | number>>;

/**
 * A sentence in one language. `{name}` takes a parameter, `{name%}` one that is a share from 0 to 1.
 * `{name|one event lies|events lie}` chooses a form by the plural category of a number: the last
 * form is `other`, the one before it `one`; a form for another category says so (`few:`, `many:` …).
 * A `#` in a form is the number.
 * @public
 */
export type Message = string;

/**
 * Fills a message with its parameters as plain text: numbers in the reader's language, strings as
 * they are. Where a parameter is not given, its place is left out and a choice takes the form
 * `other` without the number.
 *
 * @param locale BCP 47 tag of the message's language, for plurals and numbers.
 * @public
 */
export function fillMessage(message: Message, params: MessageParams = {}, locale = 'en'): string {
  const number = (value: number, style: 'decimal' | 'percent' = 'decimal'): string =>
    kept(
      numbers,
      locale + style,
      () => new Intl.NumberFormat(locale, style === 'percent' ? { style, maximumFractionDigits: 1 } : {}),
    ).format(value);
  const text = message.replace(PLACEHOLDER, (_, name: string, percent: string, choice: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (choice !== '')
      return chosen(choice.slice(1).split('|'), value, locale).replace(
        '#',
        typeof value === 'number' ? number(value) : '',
      );
    return typeof value === 'number' ? number(value, percent === '' ? undefined : 'percent') : (value ?? '');
  });
  const start = text.trimStart();
  return start.charAt(0).toLocaleUpperCase(locale) + start.slice(1);
}

const PLACEHOLDER = /\{(\w+)(%?)((?:\|[^|}]*)*)\}/g;

/** The form for the plural category of this value. */
function chosen(forms: readonly string[], value: string | number | undefined, locale: string): string {
  const other = forms.at(-1) ?? '';
  if (typeof value !== 'number') return other;
  const category = kept(plurals, locale, () => new Intl.PluralRules(locale)).select(value);
  const named = forms.find((form) => form.startsWith(`${category}:`));
  if (named !== undefined) return named.slice(category.length + 1);
  return category === 'one' ? (forms.at(-2) ?? other) : other;
}

/** To make one of these costs as much as to use it a thousand times. */
const numbers = new Map<string, Intl.NumberFormat>();
const plurals = new Map<string, Intl.PluralRules>();

function kept<T>(all: Map<string, T>, key: string, make: () => T): T {
  const one = all.get(key) ?? make();
  all.set(key, one);
  return one;
}
