import type { ArgTypes } from '@storybook/web-components-vite';

/** The words that a type offers, as `'count' | 'value' | null` does; none where it takes others too. */
export function wordsOf(type: string): string[] {
  const parts = type.split('|').map((part) => part.trim());
  const words = parts.filter((part) => part !== 'null' && part !== 'undefined');
  const quoted = words.flatMap((word) => /^'([^']+)'$/.exec(word)?.[1] ?? []);
  return quoted.length === words.length ? quoted : [];
}

/** Lets a reader choose an attribute from the words it takes, or write it. */
export function withChoices({ argTypes }: { argTypes: ArgTypes }): ArgTypes {
  return Object.fromEntries(
    Object.entries(argTypes).map(([name, arg]) => {
      if (arg.table?.category !== 'attributes') return [name, { ...arg, control: false }];
      const words = wordsOf(arg.table.type?.summary ?? '');
      const control = words.length > 0 ? { control: { type: 'select' as const }, options: words } : {};
      return [name, { ...arg, control: { type: 'text' }, ...control }];
    }),
  );
}
