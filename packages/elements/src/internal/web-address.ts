/** An address a link may lead to: http or https, or within the page's site. */
export function webAddress(href: string | null | undefined): string | null {
  if (href === null || href === undefined || href === '') return null;
  const url = URL.parse(href, document.baseURI);
  return url !== null && /^https?:$/.test(url.protocol) ? href : null;
}
