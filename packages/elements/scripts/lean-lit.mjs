// Leaves out of lit-html, in files with everything inside, what no template of the elements can reach.

/** What is left out, and what stands there instead; each as it is written in the build of lit-html. */
const CUTS = [
  // Directives, and `noChange`, which only they give.
  ['function M(', 'class R{', ''],
  ['t=M(this,t,i),', ''],
  ['t=M(this,t,i,0),', ''],
  ['r=M(this,e[s+n],i,n),r===E&&(r=this._$AH[n]),', 'r=e[s+n],'],
  ['t!==this._$AH&&t!==E&&this._(t)', 't!==this._$AH&&this._(t)'],
  ['t!==this._$AH&&t!==E,', 't!==this._$AH,'],
  ['E=Symbol.for("lit-noChange"),', ''],
  // Parts know their element, and nothing above them: that, too, is for directives.
  ['get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}', ''],
  ['get _$AU(){return this._$AM?._$AU??this._$Cv}', ''],
  ['get parentNode(){let ', '_$AI(t,i=this){', '_$AI(t){'],
  ['get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}', ''],
  [
    'constructor(t,i){this._$AV=[],this._$AN=void 0,this._$AD=t,this._$AM=i}',
    'constructor(t){this._$AV=[],this._$AD=t}',
  ],
  ['constructor(t,i,s,e){this.type=2,this._$AH=A,this._$AN=void 0,', 'constructor(t,i){this._$AH=A,'],
  ['this._$AB=i,this._$AM=s,this.options=e,this._$Cv=e?.isConnected??!0}', 'this._$AB=i}'],
  ['constructor(t,i,s,e,h){this.type=1,this._$AH=A,this._$AN=void 0,', 'constructor(t,i,s){this._$AH=A,'],
  ['this.name=i,this._$AM=e,this.options=h,', 'this.name=i,'],
  ['constructor(){super(...arguments),this.type=3}', ''],
  ['constructor(){super(...arguments),this.type=4}', ''],
  ['this.O(c()),this,this.options)', 'this.O(c()))'],
  ['new R(e,this),s=t.u(this.options);', 'new R(e),s=t.u();'],
  ['_$AR(t=this._$AA.nextSibling,s){for(this._$AP?.(!1,!0,s);t!==', '_$AR(t=this._$AA.nextSibling){for(;t!=='],
  ['this._$AR(s&&s._$AB.nextSibling,e),', 'this._$AR(s&&s._$AB.nextSibling),'],
  ['setConnected(t){void 0===this._$AM&&(this._$Cv=t,this._$AP?.(t))}', ''],
  // Listeners with options or as objects.
  ['constructor(t,i,s,e,h){super(t,i,s,e,h),this.type=5}', ''],
  [
    '_$AI(t,i=this){if((t=M(',
    'handleEvent(t){',
    '_$AI(t){t??=A;const s=this._$AH;t===A?s!==A&&this.element.removeEventListener(this.name,this):s===A&&this.element.addEventListener(this.name,this),this._$AH=t}handleEvent(t){',
  ],
  [
    '"function"==typeof this._$AH?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)',
    'this._$AH.call(this.element,t)',
  ],
  // Expressions that stand for an element, or within comments and what is read as text.
  ['class Z{', 'const j=', ''],
  [
    '2===r.type?i=new k(',
    'this._$AV.push(i)',
    'i=r.ctor?new r.ctor(h,r.name,r.strings):new k(h,h.nextSibling),this._$AV.push(i)',
  ],
  ['type:1,index:l,', 'index:l,'],
  ['void 0!==s&&(void 0!==s.strings', '(void 0!==s.strings'],
  ['if(r.hasAttributes())for', 'for'],
  ['else t.startsWith(o)&&(d.push({type:6,index:l}),r.removeAttribute(t))', ''],
  ['if(y.test(r.tagName)){', '}else if(8===r.nodeType)', '}else if(8===r.nodeType)'],
  ['if(8===r.nodeType)if(r.data===n)d.push({type:2,index:l})', 'if(r.data===n)d.push({index:l})'],
  ['else{let t=-1;for(;-1!==(t=r.data.indexOf(o,t+1));)d.push({type:7,index:l}),t+=o.length-1}', ''],
  ['(y.test(u[2])&&(n=RegExp("</"+u[2],"g")),c=p)', '(c=p)'],
  [',y=/^(?:script|style|textarea|title)$/i', ''],
  ['let n,l=2===i', 'let l=2===i'],
  ['(c=n??v,d=-1)', '(c=v,d=-1)'],
  ['(c=p,n=void 0)', '(c=p)'],
  [String.raw`(!--|\/[^a-zA-Z])|`, ''],
  ['"!--"===u[1]?c=_:void 0!==u[1]?c=m:void 0!==u[2]?(c=p):void 0!==u[3]&&(c=p)', 'c=p'],
  ['c===_||c===m?c=v:', ''],
  ['_=/-->/g,m=/>/g,', ''],
  // Nodes of a page as values.
  ['void 0!==t.nodeType?this.T(t):', ''],
  // MathML, and templates made before the page.
  [':3===i?"<math>":""', ':""'],
  [':3===i?"</math>":""', ':""'],
  ['2===i||3===i', '2===i'],
  [
    'const{values:i,_$litType$:s}=t,e="number"==typeof s?',
    ';if(this._$AH',
    'const{values:i}=t,e=this._$AC(t);if(this._$AH',
  ],
  // What other libraries ask of it; and what a guard says that only they could meet: it stays.
  ['Error("invalid template strings array")', 'TypeError()'],
  ['const j={', 'const D=', 'const D='],
  ['j as _$LH,', ''],
  ['T as mathml,E as noChange,', ''],
  ['T=x(3),', ''],
  ['(t?.creationScope??l)', 'l'],
  ['u(t){const{el', 'u(){const{el'],
  ['this.el=S.createElement(f,e),', 'this.el=document.createElement("template"),this.el.innerHTML=f,'],
  // Nodes as another library wraps them.
  ['const s=i(t).nextSibling;i(t).remove(),t=s', 'const s=t.nextSibling;t.remove(),t=s'],
  ['static createElement(', '}class R{', '}class R{'],
  ['D=(t,i,s)=>{', ';export{', 'D=(t,i)=>(i._$litPart$??=new k(i.insertBefore(c(),null),null))._$AI(t);export{'],
];

/** What a module of ours would need of that: directives, MathML, values in comments or in what is read as text. */
const NEEDS =
  /from ['"]lit(?:-html)?\/(?!html\.js)|\b(?:noChange|mathml)\b.*from ['"]lit|html `[^`]*(?:<!--|<(?:textarea|title|style|script)\b[^<]*>[^<]*\$\{)/;

export const leanLit = {
  name: 'lean-lit',
  transform(code, id) {
    // Each file names its licences in its first line, and LICENSES.txt beside it has them whole.
    if (id.endsWith('/lit-html/lit-html.js')) return CUTS.reduce(cut, code.replace(/\/\*\*[^]*?\*\//, ''));
    if (id.includes('/elements/dist/') && NEEDS.test(code))
      throw new Error(`${id} needs a part of lit-html that lean-lit.mjs leaves out`);
  },
};

/** One text for another, or all from one up to another for a third. Fails where lit-html has become another. */
function cut(code, [from, ...rest]) {
  const start = code.indexOf(from);
  const to = rest.length === 1 ? start + from.length : code.indexOf(rest[0], start);
  const end = rest.length === 1 ? to : to + (rest[1] === '' ? 0 : rest[0].length);
  if (start < 0 || to < 0) throw new Error(`lit-html no longer has ${from}`);
  return code.slice(0, start) + rest.at(-1) + code.slice(end);
}
