/** Text that reads as itself in SVG, between tags and in quoted attributes; signs that XML forbids are left out. */
export const svgText = (text: string): string =>
  text.replace(/\p{Cc}/gu, '').replace(/[<>&"']/g, (char) => `&#${char.charCodeAt(0)};`);
