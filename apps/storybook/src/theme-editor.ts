import type { Theme } from '@sama/tokens';
import { adjustAccent, contrastsOf, type Host, hostColors } from '@sama/tokens/host';
import { html, LitElement, type PropertyDeclarations, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { sampleFunnel } from './sample.ts';

interface Mapping extends Host {
  font: string;
  radius: string;
}

interface Brand {
  name: string;
  light: Mapping;
  dark: Mapping;
}

/** Pages of made-up companies; the last one shows what is done about a colour that cannot be read. */
const BRANDS: readonly [Brand, ...Brand[]] = [
  {
    name: 'Northwind Robotics',
    light: { accent: '#17694a', surface: '#fffdf7', text: '#1d2a1b', font: 'Georgia, serif', radius: '4px' },
    dark: { accent: '#2f9a6f', surface: '#171c15', text: '#eef0e8', font: 'Georgia, serif', radius: '4px' },
  },
  {
    name: 'Kestrel CRM',
    light: { accent: '#5a3fa8', surface: '#ffffff', text: '#241c3a', font: 'inherit', radius: '14px' },
    dark: { accent: '#8f74e0', surface: '#1b1727', text: '#efeaf8', font: 'inherit', radius: '14px' },
  },
  {
    name: 'Sunny Side',
    light: { accent: '#ffd400', surface: '#ffffff', text: '#222222', font: 'Verdana, sans-serif', radius: '0px' },
    dark: { accent: '#ffd400', surface: '#1c1c1c', text: '#f4f4f4', font: 'Verdana, sans-serif', radius: '0px' },
  },
];

const FIELDS = [
  { name: 'accent', label: 'Accent', type: 'color' },
  { name: 'surface', label: 'Surface', type: 'color' },
  { name: 'text', label: 'Text', type: 'color' },
  { name: 'font', label: 'Typeface', type: 'text' },
  { name: 'radius', label: 'Corners', type: 'text' },
] as const;

const cssOf = (mapping: Mapping): string =>
  `:root {\n${FIELDS.map(({ name }) => `  --sama-${name}: ${mapping[name]};`).join('\n')}\n}`;

/** Maps the five variables of a page, with a funnel in them, a report and the lines to copy. */
export class ThemeEditor extends LitElement {
  static override properties: PropertyDeclarations = {
    theme: {},
    brand: { state: true },
    mapping: { state: true },
    said: { state: true },
  };

  declare theme: Theme;
  declare private brand: Brand;
  declare private mapping: Mapping | undefined;
  declare private said: string;

  constructor() {
    super();
    this.theme = 'light';
    [this.brand] = BRANDS;
    this.said = '';
  }

  /** In the page's own tree, so that its styles apply. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** As edited, else the brand's for the theme. */
  get #current(): Mapping {
    return this.mapping ?? this.brand[this.theme === 'dark' ? 'dark' : 'light'];
  }

  protected override updated(): void {
    const preview = this.querySelector<HTMLElement>('.preview');
    for (const { name } of FIELDS) preview?.style.setProperty(`--sama-${name}`, this.#current[name] ?? '');
  }

  readonly #choose = (brand: Brand): void => {
    this.brand = brand;
    this.mapping = undefined;
  };

  readonly #copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(cssOf(this.#current));
      this.said = 'Copied.';
    } catch {
      this.said = 'The browser does not allow it: select the lines and copy them.';
    }
  };

  #field({ name, label, type }: (typeof FIELDS)[number]): TemplateResult {
    const change = ({ target }: Event): void => {
      if (target instanceof HTMLInputElement) this.mapping = { ...this.#current, [name]: target.value };
    };
    return html`<label>
      <span>${label}</span>
      <input type=${type} .value=${this.#current[name] ?? ''} spellcheck="false" @input=${change} />
      ${type === 'color' ? html`<code>${this.#current[name]}</code>` : ''}
    </label>`;
  }

  #report(): TemplateResult {
    const { accent = '#146091', surface, text } = this.#current;
    const host = { accent, surface, text };
    const pairs = contrastsOf(hostColors(host, this.theme), this.theme);
    const failing = pairs.filter(({ passes }) => !passes);
    const { readable, says } = adjustAccent(accent, this.theme, host);
    return html`
      <ul class="report">
        <li class=${readable ? 'good' : 'adjusted'}>
          <b>${readable ? 'The accent is readable.' : 'The accent was adjusted.'}</b> ${says}
        </li>
        <li class=${failing.length === 0 ? 'good' : 'bad'}>
          <b>${pairs.length - failing.length} of ${pairs.length} pairs have enough contrast.</b>
          ${
            failing.length === 0
              ? 'Text, bars, shapes and edges can be seen on everything they lie on.'
              : `Too faint: ${failing.map(({ color, on, ratio }) => `${color} on ${on} (${(Math.floor(ratio * 10) / 10).toFixed(1)})`).join(', ')}. Darken the text or lighten the surface; on a dark surface, the other way round.`
          }
        </li>
        ${this.theme === 'contrast' ? html`<li>In high contrast only the hue of the accent is the page's.</li>` : ''}
      </ul>
    `;
  }

  protected override render(): TemplateResult {
    return html`
      <div class="editor">
        <form @submit=${(event: Event) => event.preventDefault()}>
          <fieldset class="brands">
            <legend>Begin with</legend>
            ${repeat(
              BRANDS,
              (brand) =>
                html`<button
                  type="button"
                  aria-pressed=${brand === this.brand && this.mapping === undefined}
                  @click=${() => this.#choose(brand)}
                >
                  ${brand.name}
                </button>`,
            )}
          </fieldset>
          <fieldset class="fields">
            <legend>Five variables</legend>
            ${FIELDS.map((field) => this.#field(field))}
          </fieldset>
        </form>
        <div class="preview sama-scope">
          <sama-funnel theme=${this.theme} .data=${sampleFunnel}></sama-funnel>
        </div>
        <section class="findings" aria-label="Contrast report" aria-live="polite">${this.#report()}</section>
        <section class="copy" aria-label="Lines to copy">
          <pre tabindex="0">${cssOf(this.#current)}</pre>
          <button type="button" class="primary" @click=${this.#copy}>Copy CSS</button>
          <span role="status">${this.said}</span>
        </section>
      </div>
    `;
  }
}

if (customElements.get('theme-editor') === undefined) customElements.define('theme-editor', ThemeEditor);
