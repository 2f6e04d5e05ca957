const set = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/** Elements without content or end tag. */
export const VOID = set('area base br col embed hr img input link meta param source track wbr');

/** Elements whose text no reader sees as text of the page. */
export const UNREAD = set('script style template iframe noembed noframes object');
/** Elements for code. */
export const CODE = set('code pre kbd samp var tt xmp plaintext');
/** Elements for the words of others. */
export const QUOTED = set('blockquote q cite');

/** Where another language than HTML begins, and where within it HTML begins again. */
export const FOREIGN = set('svg math');
export const HTML_AGAIN = set('foreignobject desc title annotation-xml mi mo mn ms mtext');

const PHRASING = set(
  'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q s samp small span strike strong sub sup time tt u var wbr',
);

/** Whether an element stands within a line, so that a phrase may run across its borders. Custom elements do. */
export function isInline(name: string): boolean {
  return PHRASING.has(name) || name.includes('-');
}

/** An open element of the first kind ends when one of the second begins directly within it. */
export const ENDED_BY: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'p',
    set(
      'address article aside blockquote center details dialog dir div dl dd dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre search section summary table td th tr ul',
    ),
  ],
  ['li', set('li')],
  ['dt', set('dt dd')],
  ['dd', set('dt dd')],
  ['option', set('option optgroup')],
  ['optgroup', set('optgroup')],
  ['td', set('td th tr tbody tfoot')],
  ['th', set('td th tr tbody tfoot')],
  ['tr', set('tr tbody tfoot')],
  ['thead', set('tbody tfoot')],
  ['tbody', set('tbody tfoot')],
]);
