import { nearest } from '../text.ts';
import { namesStage } from '../propose/names.ts';
import { ConnectorError } from './errors.ts';
import type { Surroundings } from './settings.ts';

/** A value of a source's state. */
export interface StageOption {
  value: string;
  label: string;
}

/** What the values of a source's state mean here. */
export interface StageValues {
  /** The stage of each value that is one. */
  values: ReadonlyMap<string, string>;
  /** Whether a value is left out on purpose. */
  ignored: ReadonlySet<string>;
  /** What a value is called. */
  label(value: string): string;
  notes: readonly string[];
}

/** Where the meaning of a value may come from beside the settings. */
export interface Meanings {
  /** What the vendor means by a value: stages, the likeliest first. */
  usual?: (option: StageOption) => readonly string[];
  /** Whether a value may be known by its name. Default: it may. */
  byName?: boolean;
}

/** The stage of one value of a field; null when the settings leave it out, undefined when it is none. */
export function stageOf(
  field: string,
  option: StageOption,
  { stages, settings }: Surroundings,
  { usual = () => [], byName = true }: Meanings = {},
): string | null | undefined {
  const given = settings.stages?.[field] ?? {};
  if (Object.hasOwn(given, option.value)) return given[option.value];
  const known = usual(option).find((stage) => stages.some(({ key }) => key === stage));
  if (known !== undefined || !byName) return known;
  return stages.find((stage) => namesStage(option.label, stage) || namesStage(option.value, stage))?.key;
}

/**
 * Finds the stage of each value of a field: by the settings, else by what the vendor means by it
 * (`usual`), else by its name. Throws a ConnectorError `settings` for a stage nobody defined.
 */
export function stageValues(
  field: string,
  options: readonly StageOption[],
  surroundings: Surroundings,
  meanings: Meanings = {},
): StageValues {
  const { stages, settings } = surroundings;
  const known = new Set(stages.map(({ key }) => key));
  const given = settings.stages?.[field] ?? {};
  const values = new Map<string, string>();
  const ignored = new Set<string>();
  const notes: string[] = [];
  for (const [value, stage] of Object.entries(given)) {
    if (!options.some((option) => option.value === value)) {
      const [close] = nearest(
        value,
        options.map((option) => option.value),
        1,
      );
      notes.push(
        `${field} has no value "${value}"${close === undefined ? '' : `; did you mean "${close}"?`} The setting does nothing.`,
      );
    }
    if (stage === null) ignored.add(value);
    else if (known.has(stage)) values.set(value, stage);
    else
      throw new ConnectorError(
        'settings',
        `stages.${field}: no definition has the stage "${stage}". Known: ${[...known].join(', ')}.`,
      );
  }
  for (const option of options) {
    const found = stageOf(field, option, surroundings, meanings);
    if (typeof found === 'string') values.set(option.value, found);
  }
  const labels = new Map(options.map(({ value, label }) => [value, label]));
  return { values, ignored, label: (value) => labels.get(value) ?? value, notes };
}
