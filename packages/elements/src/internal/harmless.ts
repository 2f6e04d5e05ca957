/** Text without the marks that would turn the direction of what follows it. */
export function harmless(text: string): string {
  return text.replace(/[\u202a-\u202e\u2066-\u2069]/g, '');
}
