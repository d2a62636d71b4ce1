import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const CALLS = 1000;
const SINGLE_CALLS = 50;
const CLICKS = 10;
const THROTTLE = 4;

/**
 * Measures one tracker (`none`: a page without) in pages of their own, with the processor throttled to a quarter. All times are
 * milliseconds of the page's main thread.
 */
export async function measure(browser, server, name, code) {
  return { ...(await measureShown(browser, server, name)), ...(code && (await measureCalls(browser, server, code))) };
}

/** Largest paint, interactions and long tasks of a page that loads the tracker while it is shown. */
async function measureShown(browser, { url, state }, name) {
  const { page, close } = await open(browser);
  await page.goto(`${url}/page${name === 'none' ? '' : `?script=${name}`}`);
  await quiet(page, state);
  const loading = await page.evaluate(() => seen.long.splice(0));
  for (let i = 0; i < CLICKS; i++) {
    await page.click('button');
    await pause(100);
  }
  await quiet(page, state);
  const { lcp, interactions, long } = await page.evaluate(() => seen);
  await close();
  // What took less than the threshold of the observer counts as that.
  return { lcp, inp: Math.max(16, ...interactions), longLoading: loading, longClicks: long };
}

/** Evaluation, start, single calls, and many calls until nothing more happens. */
async function measureCalls(browser, { url, state }, code) {
  const { page, devtools, close } = await open(browser);
  await page.goto(`${url}/page`);
  await quiet(page, state);
  const cost = await stopwatch(page, devtools);
  const empty = [];
  for (let i = 0; i < 5; i++) empty.push(await cost(addScript, ''));
  const begun = await busy(devtools);
  // Less what an empty script costs by the same way.
  const evaluation = Math.max(0, (await cost(addScript, code)) - Math.min(...empty));
  // Not awaited: what it waits for is no work of the main thread.
  const init = await cost(() => {
    window.ready = subject.init();
  });
  await page.evaluate(() => window.ready);
  await quiet(page, state);
  const start = (await busy(devtools)) - begun;
  const call =
    (await cost((calls) => {
      for (let i = 0; i < calls; i++) subject.track('Bench', { i, text: 'x'.repeat(50) });
    }, SINGLE_CALLS)) / SINGLE_CALLS;
  await quiet(page, state);
  const before = await busy(devtools);
  const eventsBefore = state.events;
  // Ten a task, as a busy page would, so that a long task is the tracker's own.
  await page.evaluate(async (calls) => {
    seen.long = [];
    for (let i = 0; i < calls; i += 10) {
      for (let j = 0; j < 10; j++) subject.track('Bench', { i: i + j, text: 'x'.repeat(50) });
      await new Promise((resolve) => setTimeout(resolve));
    }
  }, CALLS);
  await quiet(page, state, 60_000);
  const all = (await busy(devtools)) - before;
  const longCalls = await page.evaluate(() => seen.long);
  await close();
  return { evaluation, init, start, call, all, longCalls, arrived: state.events - eventsBefore };
}

/** Runs in the page. */
function addScript(text) {
  const script = document.createElement('script');
  script.textContent = text;
  document.head.append(script);
}

/** Runs something in the page and tells what it cost its main thread, less what running nothing costs. */
async function stopwatch(page, devtools) {
  const time = async (work, argument) => {
    const before = await busy(devtools);
    await page.evaluate(work, argument);
    return (await busy(devtools)) - before;
  };
  const idle = [];
  for (let i = 0; i < 5; i++) idle.push(await time(() => {}));
  const nothing = Math.min(...idle);
  return async (work, argument) => Math.max(0, (await time(work, argument)) - nothing);
}

async function open(browser) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const devtools = await page.createCDPSession();
  // Time of the processor, not of the clock: other processes of a busy machine do not count.
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
  return { page, devtools, close: () => context.close() };
}

/** Milliseconds of processor time that the main thread has used since the page began. */
async function busy(devtools) {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
}

/** Waits until no request came for a second and a half, within a limit. */
async function quiet(page, state, most = 15_000) {
  const end = Date.now() + most;
  const begun = Date.now();
  do await pause(100);
  while (Date.now() < end && Date.now() - Math.max(state.last, begun) < 1500);
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1000 })));
}

/** Version of an installed package. */
export function versionOf(packageName, directory) {
  return JSON.parse(readFileSync(new URL(`node_modules/${packageName}/package.json`, directory), 'utf8')).version;
}
