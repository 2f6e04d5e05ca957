import { ApplicationRef, createComponent, type Type } from '@angular/core';
import { createApplication } from '@angular/platform-browser';
import { Page as Filter } from '../dist/sama-filter';
import { Page as Funnel } from '../dist/sama-funnel';
import { Page as Glossary } from '../dist/sama-glossary';
import { Page as Queue } from '../dist/sama-handoff-queue';
import { Page as Kpi } from '../dist/sama-kpi';
import { Page as Provider } from '../dist/sama-provider';
import { Page as Scorecard } from '../dist/sama-scorecard';
import { Page as Term } from '../dist/sama-term';

const { injector } = await createApplication();
const application = injector.get(ApplicationRef);
const pages: Type<unknown>[] = [Funnel, Scorecard, Kpi, Queue, Glossary, Term, Filter, Provider];
for (const page of pages) {
  const hostElement = document.body.appendChild(document.createElement('app-page'));
  application.attachView(createComponent(page, { environmentInjector: application.injector, hostElement }).hostView);
}
