import { Component, CUSTOM_ELEMENTS_SCHEMA, type ElementRef, signal, viewChild } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import type { SamaFunnel, StageSelectDetail } from '@sama/elements/funnel';
import '@sama/elements/funnel/define';
import { FIRST, LATER } from '../../src/rows';

@Component({
  selector: 'app-page',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `<sama-funnel
      #funnel
      [data]="rows()"
      label="New customers"
      time-zone="Europe/Vienna"
      (sama-stage-select)="choose($event)"
    ></sama-funnel>
    <button (click)="rows.set(later)">Later</button>
    <button (click)="copy()">As CSV</button>
    <output id="chosen">{{ chosen() }}</output>
    <output id="csv">{{ csv() }}</output>`,
})
class Page {
  readonly later = LATER;
  readonly rows = signal(FIRST);
  readonly chosen = signal('');
  readonly csv = signal('');
  readonly funnel = viewChild.required<ElementRef<SamaFunnel>>('funnel');

  choose({ detail }: CustomEvent<StageSelectDetail>): void {
    this.chosen.set(detail.label);
  }

  async copy(): Promise<void> {
    this.csv.set(await this.funnel().nativeElement.toCSV());
  }
}

await bootstrapApplication(Page);
