import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import type { DefinitionHead } from '../contracts/index.ts';

/** Fields that say nothing about what is counted. */
const WORDS = new Set(['agreedBy', 'label', 'description', 'section', 'aspect']);

function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !WORDS.has(key))
      .map(([key, inner]) => [key, withoutWords(inner)]),
  );
}

/** Canonical JSON (RFC 8785) of a value: equal values give equal text. @public */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('undefined has no JSON form');
  return text;
}

/** The SHA-256 of a text, in hex. Synchronous: `crypto.subtle` is missing on plain-http pages. @public */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

const hashes = new WeakMap<DefinitionHead, string>();

/**
 * What a definition counts, as a fingerprint: SHA-256 over the canonical JSON of its authored
 * fields, defaults unfilled, without labels, descriptions and agreement.
 * @public
 */
export function definitionHash(definition: DefinitionHead): string {
  let hash = hashes.get(definition);
  if (hash === undefined) {
    hash = sha256Hex(canonicalJson(withoutWords(definition)));
    hashes.set(definition, hash);
  }
  return hash;
}
