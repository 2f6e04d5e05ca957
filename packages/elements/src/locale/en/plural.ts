/** `Lead` → `leads`, `MQL` → `MQLs`, `Sales opportunity` → `sales opportunities`. */
export function plural(label: string): string {
  if (!/^[A-Za-z]+( [A-Za-z]+)?$/.test(label)) return label;
  const start = /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
  if (/[^aeiou]y$/.test(start)) return `${start.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(start) ? `${start}es` : `${start}s`;
}
