/**
 * What the elements never use of Lit, left out of the single file: each edit says why, and fails the
 * build when a new Lit no longer has the place. Everything else of Lit stays as it is published.
 */
const NOTHING = '';
const EDITS = {
  '/css-tag.js': [
    // Every browser with what the elements' styles need can adopt style sheets.
    [/(?<=,\w=)\w\.ShadowRoot&&.+?CSSStyleSheet\.prototype(?=,)/, '!0'],
    // Style sheets shared by results of one literal: each result of the elements has its own.
    [
      /let t=this\.o;const s=this\.t;if\(\w&&void 0===t\)\{.+?\}return t/,
      'return this.o||(this.o=new CSSStyleSheet).replaceSync(this.cssText),this.o',
    ],
    // Only authors meet these, and they build without this file.
    [/(?<=throw Error\()"CSSResult.+?"(?=\))/, NOTHING],
    [/(?<=throw Error\()"Value passed.+?security\."(?=\))/, NOTHING],
  ],
  '/reactive-element.js': [
    // Styles in lists within lists, and the same style twice.
    [/(?<=static finalizeStyles\(s\)\{).+?return i(?=\}static)/, 'return s'],
    // Polyfills, and a register that only Lit's development mode reads.
    [/\w\.reactiveElementPolyfillSupport/, 'void 0'],
    [/,\(\w\.reactiveElementVersions\?\?=\[\]\)\.push\("[^"]+"\)/, NOTHING],
    // Decorators.
    [/Symbol\.metadata\?\?=.+?new WeakMap;/, NOTHING],
    [/const t=this\[Symbol\.metadata\];if\(null!==t\)\{.+?\}(?=this\._\$Eh)/, NOTHING],
    [/static addInitializer\(t\)\{.+?\}(?=static)/, NOTHING],
    [/,void 0!==t\.l&&\(this\.l=\[\.\.\.t\.l\]\)/, NOTHING],
    [/,this\.constructor\.l\?\.forEach\(t=>t\(this\)\)/, NOTHING],
    [/removeController\(t\)\{.+?\}(?=_\$E_)/, NOTHING],
    // Properties of other types than text, and with defaults or accessors of their own.
    [/\{toAttribute\(t,s\)\{.+?\},fromAttribute\(.+?return i\}\}(?=,f=)/, '0'],
    [/\(void 0!==i\.converter\?\.toAttribute\?i\.converter:u\)\.toAttribute\(s,i\.type\)/, 's'],
    [/const t=i\.getPropertyOptions\(e\),h=.+?:u;/, NOTHING],
    [/const r=h\.fromAttribute\(s,t\.type\);this\[e\]=r\?\?this\._\$Ej\?\.get\(e\)\?\?r,/, 'this[e]=s,'],
    [/\|\|i\.useDefault&&.+?i\)\)(?=\)\)return)/, NOTHING],
    [/C\(t,s,\{useDefault:i,reflect:e,wrapped:h\},r\)\{.+?\|\|\((?=this\._\$AL\.has)/, 'C(t,s,{reflect:e}){'],
    [/\(this\.hasUpdated\|\|i\|\|\(s=void 0\)/, '(this.hasUpdated||(s=void 0)'],
    [/(?<=\.add\(t\))\)(?=\}async)/, NOTHING],
    [/const t=this\.constructor\.elementProperties;if\(t\.size>0\)for\(.+?\}(?=\}let)/, NOTHING],
    [/this\.prototype\.hasOwnProperty\(t\)&&\(\(s=Object\.create\(s\)\)\.wrapped=!0\),/, NOTHING],
    [
      /const\{get:e,set:r\}=.+?this\.requestUpdate\(t,h,i\)\}/,
      'return{get(){return this[s]},set(e){const h=this[s];this[s]=e,this.requestUpdate(t,h,i)}',
    ],
  ],
  '/lit-html.js': [
    [/\w\.litHtmlPolyfillSupport/, 'void 0'],
    [/,\(\w\.litHtmlVersions\?\?=\[\]\)\.push\("[^"]+"\)/, NOTHING],
    // Directives.
    [/(?<=function M\()t,i,s=t,e\)\{.+?,i\}(?=class)/, 't,i){return i}'],
    // Bindings to an element, to a property, in a comment and in raw text.
    [/else t\.startsWith\(o\)&&\(.+?r\.removeAttribute\(t\)\)(?=;if)/, NOTHING],
    [/if\(y\.test\(r\.tagName\)\)\{.+?\}(?=\}else if\(8)/, NOTHING],
    [/else\{let t=-1;for.+?o\.length-1\}(?=l\+\+)/, NOTHING],
    [/:6===r\.type&&\(i=new Z\(h,this,t\)\)/, ':0'],
    [/"\."===e\[1\]\?I:/, NOTHING],
    [/,B:I,F:Z\}/, '}'],
    [/class I extends H\{.+?\}\}(?=class L)/, NOTHING],
    [/class Z\{.+?\}\}(?=const)/, NOTHING],
    // Comments, raw text and names of elements that are made at run time.
    [/"!--"===u\[1\]\?.+?&&\(c=p\)(?=:c===p)/, 'void 0!==u[2]&&(c=p)'],
    [/c===_\|\|c===m\?c=v:\(c=p,n=void 0\)/, 'c=p'],
    [/c=n\?\?v/, 'c=v'],
    // What directives that outlive a render need: whether the place they stand in is connected.
    [/get _\$AU\(\)\{return this\._\$AM\._\$AU\}(?=u\()/, NOTHING],
    [/get _\$AU\(\)\{return this\._\$AM\?\._\$AU\?\?this\._\$Cv\}/, NOTHING],
    [/(?<=get tagName\(\)\{.{0,30}\})get _\$AU\(\)\{return this\._\$AM\._\$AU\}/, NOTHING],
    [/,this\._\$Cv=e\?\.isConnected\?\?!0/, NOTHING],
    [/this\._\$AP\?\.\(!1,!0,s\)/, NOTHING],
    [/setConnected\(t\)\{.+?\}(?=\})/, NOTHING],
    [/this\._\$AV=\[\],this\._\$AN=void 0/, 'this._$AV=[]'],
    [/this\.type=2,this\._\$AH=A,this\._\$AN=void 0/, 'this.type=2,this._$AH=A'],
    [/this\.type=1,this\._\$AH=A,this\._\$AN=void 0/, 'this.type=1,this._$AH=A'],
    // Places told to directives, and templates compiled beforehand.
    [/get startNode\(\)\{.+?\}get endNode\(\)\{.+?\}/, NOTHING],
    [/get tagName\(\)\{.+?\}/, NOTHING],
    [/"number"==typeof s\?(this\._\$AC\(t\)):\(.+?,s\)(?=;)/, '$1'],
    // MathML.
    [/:3===i\?"<math>":""/, ':""'],
    [/:3===i\?"<\/math>":""/, ':""'],
    [/2===i\|\|3===i/, '2===i'],
  ],
  '/lit-element.js': [
    [/this\.hasUpdated\|\|\(this\.renderOptions\.isConnected=this\.isConnected\),/, NOTHING],
    [/connectedCallback\(\)\{super.+?\}disconnectedCallback\(\)\{.+?\}/, NOTHING],
    [/,\w\.litElementHydrateSupport\?\.\(\{LitElement:\w\}\)/, NOTHING],
    [/\w\.litElementPolyfillSupport/, 'void 0'],
    [/\(\w\.litElementVersions\?\?=\[\]\)\.push\("[^"]+"\);/, NOTHING],
  ],
};

/** What a template or an element would need of the parts that are left out. */
const NEEDS_ALL =
  /<(!--|script|style|textarea|title)|\s\.\w+=\$\{|(type: ?(Boolean|Number|Object|Array)|useDefault|converter)\b/;

export const leanLit = {
  name: 'lean-lit',
  transform(code, id) {
    if (
      /\/lit-html\/(async-)?directive/.test(id) ||
      (!/\/(lit|lit-html|lit-element|reactive-element)\//.test(id) && NEEDS_ALL.test(code))
    )
      throw new Error(`${id} uses a part of Lit that lean-lit.mjs leaves out`);
    const edits = Object.entries(EDITS).find(([file]) => id.endsWith(file))?.[1] ?? [];
    return edits.reduce((text, [what, instead]) => {
      if (text.match(new RegExp(what, 'g'))?.length !== 1) throw new Error(`${id} has not one ${what}`);
      return text.replace(what, instead);
    }, code);
  },
};
