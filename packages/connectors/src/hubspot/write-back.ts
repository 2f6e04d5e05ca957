import { ConnectorError } from '../port/errors.ts';
import { REAL_PACE } from '../port/patience.ts';
import type { Surroundings } from '../port/settings.ts';
import { checkWriteBack, requireWriteBack, wantedOf, writeVerified, type WriteBack } from '../port/write-back.ts';
import { HubSpotClient } from './client.ts';
import type { HubSpotOptions } from './hubspot.ts';

/** Writes decisions to contacts of HubSpot. @beta */
export function hubspotWriteBack(
  { base = 'https://api.hubapi.com', secrets, pace = REAL_PACE }: HubSpotOptions,
  { settings }: Surroundings,
): WriteBack {
  const client = new HubSpotClient(base, secrets, pace);
  const fields = requireWriteBack(settings.writeBack);
  let checked: Promise<void> | undefined;
  const check = async (signal: AbortSignal | undefined): Promise<void> => {
    const properties = await client.properties('contacts', signal);
    checkWriteBack(
      'contacts',
      fields,
      properties.map(({ name, type, options, modificationMetadata }) => ({
        name,
        type,
        options: options === undefined || options.length === 0 ? undefined : options.map(({ value }) => value),
        writable: modificationMetadata?.readOnlyValue !== true,
      })),
    );
  };
  return {
    write: async (outcome, signal) => {
      await (checked ??= check(signal).catch((error: unknown) => {
        checked = undefined;
        throw error;
      }));
      const id = await contactOf(client, outcome.personId, settings.idPrefix ?? 'hubspot:', settings.personId, signal);
      const record = {
        read: async (names: readonly string[]) => {
          const { properties, propertiesWithHistory, updatedAt } = await client.one('contacts', id, names, signal);
          const before = Object.entries(propertiesWithHistory ?? {}).map(([name, past]) => [
            name,
            past[1]?.value ?? null,
          ]);
          return { values: properties, stamp: updatedAt, before: Object.fromEntries(before) };
        },
        update: (values: Readonly<Record<string, string>>) => client.update('contacts', id, values, signal),
      };
      return writeVerified(outcome.personId, record, wantedOf(fields, outcome), pace, signal);
    },
  };
}

/** The contact of a person: by the id of HubSpot, else by the id another source knows him by. */
async function contactOf(
  client: HubSpotClient,
  person: string,
  prefix: string,
  shared: string | undefined,
  signal: AbortSignal | undefined,
): Promise<string> {
  const own = person.startsWith(prefix) ? person.slice(prefix.length) : undefined;
  if (shared !== undefined) {
    const found = await client.contactsBy(shared, person, signal);
    const [first] = found;
    if (found.length > 1)
      throw new ConnectorError(
        'refused',
        `${found.length} contacts of HubSpot have "${person}" in ${shared}; nothing was written.`,
      );
    if (first !== undefined) return first;
  }
  if (own !== undefined && /^\d+$/.test(own)) return own;
  throw new ConnectorError('not-found', `"${person}" is no contact of HubSpot; nothing was written.`);
}
