import type { KnownPerson } from '../contracts/index.ts';

/** How texts become keys. @beta */
export interface KeyOptions {
  /** `drop` takes `a+news@b.example` for `a@b.example`. Default: `keep`, since some hosts give them to others. */
  plusTags?: 'keep' | 'drop';
  /** Makes national phone numbers international: `49`. Default: they have no key. */
  callingCode?: string;
  /**
   * What stands before a national number and is left out abroad. Default: `1` for the calling code 1 (North America),
   * `8` for 7, `06` for 36, '' for 39 (Italy), else `0`. Source: ITU-T, Dialling procedures (2011).
   */
  trunkPrefix?: string;
}

/** Where it is not `0`. */
const TRUNK: Readonly<Record<string, string>> = { 1: '1', 7: '8', 36: '06', 39: '' };

const ADDRESS = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/u;

/** An e-mail address as a key: trimmed, small letters. Null when it is no address. @beta */
export function emailKey(text: string, { plusTags = 'keep' }: KeyOptions = {}): string | null {
  const address = text.trim().normalize('NFKC').toLowerCase();
  if (!ADDRESS.test(address)) return null;
  const at = address.lastIndexOf('@');
  const plus = plusTags === 'drop' ? address.indexOf('+') : -1;
  return plus > 0 && plus < at ? address.slice(0, plus) + address.slice(at) : address;
}

/**
 * A phone number as a key: E.164, `+` and 8 to 15 digits (ITU-T E.164, 11/2010). Extensions are left out. A national
 * number needs the calling code of its country; without one it has no key, rather than a wrong one.
 * @beta
 */
export function phoneKey(text: string, { callingCode, ...rest }: KeyOptions = {}): string | null {
  const trunkPrefix = rest.trunkPrefix ?? TRUNK[callingCode ?? ''] ?? '0';
  const [main = ''] = text.trim().split(/\s*(?:ext\.?|extension|x|;ext=|#)\s*\d+$/iu);
  const plain = main
    .replace(/^tel:/iu, '')
    .replace(/\(0\)/u, '')
    .replace(/[\s().\-/\u2010-\u2015\u00A0]/gu, '');
  if (!/^\+?\d+$/u.test(plain)) return null;
  const international = plain.startsWith('+') ? plain.slice(1) : plain.startsWith('00') ? plain.slice(2) : null;
  const national = plain.startsWith(trunkPrefix) ? plain.slice(trunkPrefix.length) : plain;
  const digits = international ?? (callingCode === undefined ? '' : callingCode + national);
  return /^[1-9]\d{7,14}$/u.test(digits) ? `+${digits}` : null;
}

/** A company's domain: small letters, without protocol, `www.` and path. Null when it is none. @beta */
export function domainKey(text: string): string | null {
  const [host = ''] = text
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//u, '')
    .replace(/^www\./u, '')
    .split(/[/?#:]/u);
  return /^[^\s@.]+(\.[^\s@.]+)+$/u.test(host) ? host : null;
}

/**
 * All keys of a person, each once: `email:…`, `phone:…`, `record:SYSTEM:ID`. One in common is the same person. A colon
 * in the name of a system is written `%3A`, so that two records never have one key.
 * @beta
 */
export function identityKeys(person: KnownPerson, options: KeyOptions = {}): string[] {
  const { emails = [], phones = [], records = [] } = person;
  const keys = [
    ...emails.map((text) => keyOf('email', emailKey(text, options))),
    ...phones.map((text) => keyOf('phone', phoneKey(text, options))),
    ...records.map(({ system, recordId }) =>
      keyOf('record', `${system.replaceAll('%', '%25').replaceAll(':', '%3A')}:${recordId}`),
    ),
  ];
  return [...new Set(keys.filter((key) => key !== null))];
}

const keyOf = (kind: string, key: string | null): string | null => (key === null ? null : `${kind}:${key}`);

/** The domain a person is of: the one given, else that of the first e-mail that is one. */
export function domainOf({ domain, emails = [] }: KnownPerson): string | null {
  if (domain !== undefined) return domainKey(domain);
  const email = emails.map((text) => emailKey(text)).find((key) => key !== null);
  return email === undefined ? null : email.slice(email.lastIndexOf('@') + 1);
}
