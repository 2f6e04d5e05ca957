/** A refusal in its parts, from the form all of them have: `field: reason; remedy`. */
export function refusalParts(message: string): { field: string; reason: string; remedy: string } {
  const colon = message.indexOf(': ');
  const field = colon === -1 ? '' : message.slice(0, colon);
  const rest = colon === -1 ? message : message.slice(colon + 2);
  const semicolon = rest.lastIndexOf('; ');
  return semicolon === -1
    ? { field, reason: rest, remedy: '' }
    : { field, reason: rest.slice(0, semicolon), remedy: rest.slice(semicolon + 2) };
}
