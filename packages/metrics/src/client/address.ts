import { problem } from '../problem.ts';
import { isObject } from './shape.ts';

/**
 * The absolute http(s) address of a `src`, relative to the page when there is one; without the
 * closing slash. `null` when it is none, or carries a name and password.
 */
export function addressOf(src: string): string | null {
  try {
    const page: unknown = Reflect.get(globalThis, 'location');
    const url = new URL(src, isObject(page) ? String(page['href']) : undefined);
    if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return null;
    return url.href.replace(/\/$/, '');
  } catch {
    return null;
  }
}

/** What is said of a `src` that is no address. */
export function noAddress(src: string): ReturnType<typeof problem> {
  const remedy = 'write one such as https://metrics.example.com';
  return problem('unreachable', `src: ${src} is not an http(s) address; ${remedy}`);
}

/** Some bytes as base64url without padding. */
export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
