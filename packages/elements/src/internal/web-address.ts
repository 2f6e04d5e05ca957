/** An address a link may lead to: http or https, or within the page's site. */
export function webAddress(href: string | null | undefined): string | null {
  // Any page will do: only the protocol is looked at.
  return href && /^https?:/.test(String(URL.parse(href, 'http://a'))) ? href : null;
}
