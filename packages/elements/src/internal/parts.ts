import { pageMap } from '@sama/metrics/client';

/** Parts of widgets that are loaded when first asked for, by name and version: for every copy on the page. */
const parts = (): Map<string, unknown> => pageMap('sama.parts.v1');

/** Makes a part known; its file does so when it runs. */
export function offerPart(name: string, part: unknown): void {
  parts().set(name, part);
}

/** Where this script was loaded from, when a page loads it by a classic script tag. */
const own = typeof document === 'undefined' ? null : document.currentScript;
const FILE = /\/sama[\w.-]*\.js(?=$|[?#])/;

/** Modules do not know their script: it is among those of the page, or of what the page has loaded. */
function address(): string {
  const scripts = [...document.scripts].map(({ src }) => src);
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  const found = [...scripts, ...loaded].find((url) => FILE.test(url));
  return (own instanceof HTMLScriptElement && own.src) || (found ?? location.href);
}

/** Whether it is there; its name says its version, and with it what it is. */
const isPart = <Part>(part: unknown): part is Part => part !== undefined;

/**
 * The part of this name, from the file beside the one this script came from. A page may also have
 * loaded that file by itself. Rejects when it cannot be loaded, or is of another version.
 */
export async function loadPart<Part>(name: string, file: string): Promise<Part> {
  if (!parts().has(name)) {
    const url = new URL(file, address()).href;
    // Not from a page that is a file, nor from a server of another origin that does not allow it.
    await import(/* @vite-ignore */ url).catch(() => byScript(url));
  }
  const part = parts().get(name);
  if (isPart<Part>(part)) return part;
  throw new Error(`${file}: another version`);
}

/** Where trusted types are required and no policy of the page allows the address, this throws. */
const byScript = (url: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = url;
    script.addEventListener('load', resolve);
    script.addEventListener('error', () => reject(new Error(url)));
    document.head.append(script);
  });
