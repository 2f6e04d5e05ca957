/** Words for a number, by its plural category (CLDR). */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** Chooses the form of words that a language has for a number. */
export function formsOf(tag: string): (n: number, forms: Forms) => string {
  let rules: Intl.PluralRules | undefined;
  return (n, forms) => forms[(rules ??= new Intl.PluralRules(tag)).select(n)] ?? forms.other;
}

/** Joins names as a language lists them: `a, b und c`. */
export function listOf(tag: string): (names: readonly string[]) => string {
  let format: Intl.ListFormat | undefined;
  return (names) => (format ??= new Intl.ListFormat(tag)).format(names);
}
