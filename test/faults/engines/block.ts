import type { Page } from 'puppeteer-core';
import { BLOCKED_MARK } from './contract.js';

/** Has requests to the collector fail as those do that a content blocker stops. */
export async function blockRequests(page: Page): Promise<void> {
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const isBlocked = request.url().endsWith('/v1/batch') && page.url().includes(BLOCKED_MARK);
    const answer = isBlocked ? request.abort('blockedbyclient') : request.continue();
    // The page may have gone meanwhile, and the request with it.
    answer.catch(() => {});
  });
}
