import type { BrowserContext } from 'playwright-core';

export interface Watch {
  /** Everything that no page of ours may cause, in words; empty is the bar. */
  readonly problems: string[];
  /** Forgets what a test caused on purpose. */
  forget(expected: RegExp): void;
}

/**
 * Notes policy violations, uncaught errors, errors and warnings in the console, and requests that leave this
 * machine, on every page of a context. Call before any page is opened.
 */
export async function watch(context: BrowserContext): Promise<Watch> {
  const problems: string[] = [];
  await context.exposeBinding('reportViolation', ({ page }, violation: string) => {
    problems.push(`violation on ${page.url()}: ${violation}`);
  });
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = (globalThis as unknown as { reportViolation(text: string): void }).reportViolation;
      report(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  context.on('weberror', (error) => problems.push(`uncaught: ${error.error().stack}`));
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) {
      problems.push(`console ${message.type()}: ${message.text()}`);
    }
  });
  const inspect = (address: string) => {
    const { protocol, hostname } = new URL(address);
    const isOurs = ['data:', 'blob:'].includes(protocol) || ['127.0.0.1', 'localhost'].includes(hostname);
    if (!isOurs) problems.push(`request to ${address}`);
  };
  context.on('request', (request) => inspect(request.url()));
  context.on('page', (page) => page.on('websocket', (socket) => inspect(socket.url())));
  return {
    problems,
    forget(expected) {
      const kept = problems.filter((problem) => !expected.test(problem));
      problems.splice(0, problems.length, ...kept);
    },
  };
}
