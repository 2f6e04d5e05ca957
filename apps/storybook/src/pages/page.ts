import type { TemplateResult } from 'lit';

/** A part of an element, as its picture numbers it. */
export interface Part {
  name: string;
  /** Where it is in the shadow tree. */
  at: string;
  /** What it says. */
  says: string;
}

/** What is right or wrong to do with an element, shown where it can be shown. */
export interface Advice {
  words: string;
  live?: () => TemplateResult;
}

/** What the page of an element says beside what its manifest and its stories say. */
export interface ElementPage {
  /** What it is for, and for whom. */
  intro: string;
  /** What the numbered picture shows. */
  figure: () => TemplateResult;
  parts: readonly Part[];
  /** Keys and what they do, in the order of use; none where nothing can be operated. */
  keys: readonly (readonly [keys: string, does: string])[];
  /** About keys or states, what a table does not say. */
  notes?: string;
  /** Whether its examples need the width of the page. */
  wide?: boolean;
  dos: readonly Advice[];
  donts: readonly Advice[];
}

const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** Rows as a table in Markdown. */
export function tableOf(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(heads), row(heads.map(() => '---')), ...rows.map(row)].join('\n');
}
