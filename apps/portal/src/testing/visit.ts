import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** A page and everything that went wrong on it. */
export interface Visit {
  page: Page;
  /** Console errors, uncaught errors and violations of the page's policy. */
  problems: string[];
}

/** Opens an address in a fresh context and waits until it is loaded. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.text().startsWith('policy:')) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.warn(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  await page.goto(url, { waitUntil: 'load' });
  return { page, problems };
}
