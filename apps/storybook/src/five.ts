/** A mapping as a page writes it. */
export const FIVE = `:root {
  --sama-accent: #17694a;
  --sama-surface: #fffdf7;
  --sama-text: #1d2a1b;
  --sama-font: Georgia, serif;
  --sama-radius: 4px;
}`;
