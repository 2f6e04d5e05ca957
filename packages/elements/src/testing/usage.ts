/** Where the snippets say the server is; a page names its own. */
export const SERVER = 'https://metrics.example.com';

/** How one element is put into a page. */
export interface Usage {
  tag: string;
  /** Its path in the package, as `funnel` in `@sama/elements/funnel/define`. */
  path: string;
  /** The single file that has it. */
  file: string;
  attributes: Readonly<Record<string, string>>;
  /** An event a page is likely to follow. */
  event?: string;
  /** HTML in it. */
  inside?: string;
}

/** The elements as pages use them. */
export const USAGES = {
  'sama-funnel': {
    tag: 'sama-funnel',
    path: 'funnel',
    file: 'sama-funnel',
    attributes: { src: SERVER, funnel: 'lead-to-won', period: '2026-Q1' },
    event: 'sama-stage-select',
  },
  'sama-scorecard': {
    tag: 'sama-scorecard',
    path: 'scorecard',
    file: 'sama-scorecard',
    attributes: { src: SERVER, period: '2026-Q1', compare: 'previous' },
    event: 'sama-kpi-select',
  },
  'sama-kpi': {
    tag: 'sama-kpi',
    path: 'kpi',
    file: 'sama-scorecard',
    attributes: { src: SERVER, kpi: 'acceptance', period: '2026-Q1' },
    event: 'sama-kpi-select',
  },
  'sama-handoff-queue': {
    tag: 'sama-handoff-queue',
    path: 'queue',
    file: 'sama-handoff-queue',
    attributes: { src: SERVER, view: 'team' },
    event: 'sama-lead-select',
  },
  'sama-glossary': {
    tag: 'sama-glossary',
    path: 'glossary',
    file: 'sama-glossary',
    attributes: { src: SERVER, term: 'mql' },
    event: 'sama-term-select',
  },
  'sama-term': {
    tag: 'sama-term',
    path: 'term',
    file: 'sama-glossary',
    // React keeps `key` to itself.
    attributes: { src: SERVER, term: 'mql' },
    inside: 'MQL',
  },
  'sama-filter': {
    tag: 'sama-filter',
    path: 'filter',
    file: 'sama-provider',
    attributes: { src: SERVER, choices: 'period segment compare' },
    event: 'sama-filter',
  },
  'sama-provider': {
    tag: 'sama-provider',
    path: 'provider',
    file: 'sama-provider',
    attributes: { src: SERVER, period: '2026-Q1' },
    inside: '<sama-filter></sama-filter>',
  },
} as const satisfies Record<string, Usage>;

const attributesOf = ({ attributes }: Usage): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');

/** The paths of an element and of those in it. */
const pathsOf = ({ path, inside = '' }: Usage): string[] => [
  path,
  ...Object.values(USAGES).flatMap((one) => (inside.includes(`<${one.tag}`) ? [one.path] : [])),
];

const imports = (usage: Usage): string =>
  pathsOf(usage)
    .map((path) => `import '@sama/elements/${path}/define';`)
    .join('\n');

/** The lines to copy, by where the page comes from. */
export const WAYS = {
  HTML: {
    language: 'html',
    file: 'html',
    text: (usage: Usage): string => `<script type="module" src="${SERVER}/cdn/latest/${usage.file}.js"></script>
<${usage.tag}${attributesOf(usage)}>${usage.inside ?? ''}</${usage.tag}>`,
  },
  React: {
    language: 'tsx',
    file: 'tsx',
    text: (usage: Usage): string => {
      const listener = usage.event === undefined ? '' : ` on${usage.event}={(event) => console.log(event.detail)}`;
      const end = usage.inside === undefined ? ' />' : `>${usage.inside}</${usage.tag}>`;
      return `${imports(usage)}
import type {} from '@sama/elements/react';

export function Page() {
  return <${usage.tag}${attributesOf(usage)}${listener}${end};
}`;
    },
  },
  Vue: {
    language: 'html',
    file: 'vue',
    text: (usage: Usage): string => {
      const listener = usage.event === undefined ? '' : ` @${usage.event}="(event: CustomEvent) => told(event.detail)"`;
      const told = usage.event === undefined ? '' : '\n\nconst told = (detail: unknown) => console.log(detail);';
      return `<script setup lang="ts">
${imports(usage)}
import type {} from '@sama/elements/vue';${told}
</script>

<template>
  <${usage.tag}${attributesOf(usage)}${listener}>${usage.inside ?? ''}</${usage.tag}>
</template>`;
    },
  },
  Angular: {
    language: 'ts',
    file: 'ts',
    text: (usage: Usage): string => {
      const listener = usage.event === undefined ? '' : ` (${usage.event})="told($event.detail)"`;
      const told = usage.event === undefined ? '' : '\n  told(detail: unknown) {\n    console.log(detail);\n  }\n';
      return `import { Component, CUSTOM_ELEMENTS_SCHEMA } from '@angular/core';
${imports(usage)}

@Component({
  selector: 'app-page',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: \`<${usage.tag}${attributesOf(usage)}${listener}>${usage.inside ?? ''}</${usage.tag}>\`,
})
export class Page {${told}}`;
    },
  },
} as const;
