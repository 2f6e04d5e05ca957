import { ConnectorError } from '../port/errors.ts';
import { REAL_PACE } from '../port/patience.ts';
import type { Surroundings } from '../port/settings.ts';
import {
  checkWriteBack,
  requireWriteBack,
  wantedOf,
  writeVerified,
  type Standing,
  type WriteBack,
} from '../port/write-back.ts';
import { SalesforceClient, text, type SalesforceOptions } from './client.ts';

/** What the first three characters of an id say. */
const OBJECTS: Readonly<Record<string, string>> = { '00Q': 'Lead', '003': 'Contact' };

/**
 * Writes decisions to leads of Salesforce, and to contacts where these have the fields. A lead that was
 * converted can no longer be written, and is refused by name.
 * @beta
 */
export function salesforceWriteBack(options: SalesforceOptions, { settings }: Surroundings): WriteBack {
  const client = new SalesforceClient(options);
  const fields = requireWriteBack(settings.writeBack);
  const prefix = settings.idPrefix ?? '';
  const checked = new Map<string, Promise<void>>();
  const check = async (object: string, signal: AbortSignal | undefined): Promise<void> => {
    const known = await client.fields(object, signal);
    if (known === undefined)
      throw new ConnectorError('forbidden', `Salesforce shows no object ${object} to this user.`);
    checkWriteBack(
      object,
      fields,
      known.map(({ name, type, picklistValues, updateable }) => ({
        name,
        type,
        options: picklistValues?.length ? picklistValues.map(({ value }) => value) : undefined,
        writable: updateable !== false,
      })),
    );
  };
  return {
    write: async (outcome, signal) => {
      const id = outcome.personId.startsWith(prefix) ? outcome.personId.slice(prefix.length) : '';
      const object = /^[A-Za-z0-9]{15,18}$/.test(id) ? OBJECTS[id.slice(0, 3)] : undefined;
      if (object === undefined)
        throw new ConnectorError(
          'not-found',
          `"${outcome.personId}" is no lead or contact of Salesforce; nothing was written.`,
        );
      const known = checked.get(object) ?? check(object, signal);
      checked.set(object, known);
      await known.catch((error: unknown) => {
        checked.delete(object);
        throw error;
      });
      const record = {
        read: async (names: readonly string[]) => {
          const found = await client.one(object, id, [...names, 'SystemModstamp'], signal);
          const values = Object.fromEntries(names.map((name) => [name, text(found, name)]));
          return { values, stamp: text(found, 'SystemModstamp') ?? undefined };
        },
        update: async (values: Readonly<Record<string, string>>, { stamp }: Standing) => {
          await client.update(object, id, values, stamp === undefined ? undefined : secondOf(stamp), signal);
          return undefined;
        },
      };
      return writeVerified(outcome.personId, record, wantedOf(fields, outcome), options.pace ?? REAL_PACE, signal);
    },
  };
}

/** The second in which a moment ends, as HTTP writes it: it knows no parts of seconds. */
function secondOf(stamp: string): string | undefined {
  const ms = Date.parse(stamp);
  return Number.isNaN(ms) ? undefined : new Date(Math.ceil(ms / 1000) * 1000).toUTCString();
}
