/**
 * The base forms an English word may be the plural or possessive of, itself first: `queries'` and
 * `queries` give `query`. Only regular endings; other forms are listed with the word. Other languages
 * have no rule here and give the word alone.
 */
export function baseForms(word: string, lang: string): string[] {
  if (lang !== 'en') return [word];
  const forms = [word];
  const stem = word.endsWith("'s") ? word.slice(0, -2) : word;
  if (stem !== word) forms.push(stem);
  if (/[^aeiou]ies$/.test(stem)) forms.push(`${stem.slice(0, -3)}y`);
  if (/(?:[sxz]|ch|sh)es$/.test(stem)) forms.push(stem.slice(0, -2));
  if (/[^s]s$/.test(stem)) forms.push(stem.slice(0, -1));
  return forms;
}
