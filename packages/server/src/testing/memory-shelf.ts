import { Overtaken, type Shelf } from '../ledger/shelf.ts';

/** A ledger's place that is forgotten with the process, for tests of what stands above it. */
export function memoryShelf(): Shelf {
  const events: string[] = [];
  const leads = new Map<string, string>();
  return {
    append: async (rows, after) => {
      if (after !== events.length) throw new Overtaken('another was faster');
      events.push(...rows.map(({ body }) => body));
    },
    read: async (after) => events.slice(after),
    leads: async (person) => (person === undefined ? [...leads.values()] : [leads.get(person) ?? []].flat()),
    keep: async (more) => {
      for (const { person, card } of more) leads.set(person, card);
    },
    forget: async (person) => void leads.delete(person),
    close: async () => undefined,
  };
}
