import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

/** Flags that keep Chromium from talking to anybody but the page under test. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Finds a Chromium: CHROME_PATH, the system's, Playwright's cache; else installs one. Throws saying what to do. */
export function findChromium(): string {
  const found = candidates().find((path) => path && existsSync(path));
  if (found) return found;
  installChromium();
  const installed = candidates().find((path) => path && existsSync(path));
  if (installed) return installed;
  throw new Error(
    'No Chromium found. Install it (Debian/Ubuntu: apt-get install chromium; elsewhere: npx playwright install chromium) or set CHROME_PATH.',
  );
}

let running: Promise<Browser> | undefined;

/**
 * A real Chromium, one for all test files that share a process: starting it costs more than most of them. Closing it ends the
 * caller's contexts, and with them all that their visitors left; the browser ends with the process.
 */
export async function launchChromium(): Promise<Browser> {
  running ??= chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
  const browser = await running;
  browser.close = async () => void (await Promise.all(browser.contexts().map((context) => context.close())));
  if (browser.isConnected()) return browser;
  running = undefined;
  return launchChromium();
}

/** A browser with a profile on disk, which survives a SIGKILL of the process. */
export function launchProfile(userDataDir: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(userDataDir, { executablePath: findChromium(), args: CHROMIUM_FLAGS });
}

function candidates(): (string | undefined)[] {
  const cache = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache', 'ms-playwright');
  const cached = existsSync(cache) ? readdirSync(cache).filter((name) => name.startsWith('chromium-')) : [];
  return [
    process.env.CHROME_PATH,
    ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map((name) => `/usr/bin/${name}`),
    ...cached
      .sort()
      .reverse()
      .map((name) => join(cache, name, 'chrome-linux', 'chrome')),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ];
}

/** As root on Debian and Ubuntu from the distribution, elsewhere Playwright's own build. */
function installChromium(): void {
  if (!installPackages('chromium')) run('npx', ['--yes', 'playwright@1.65.1', 'install', 'chromium']);
}

/** Installs Debian packages where that is possible; false where it is not. */
export function installPackages(...names: string[]): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  run('apt-get', ['update']);
  run('apt-get', ['install', '-y', '--no-install-recommends', ...names]);
  return true;
}

function run(command: string, args: string[]): void {
  try {
    execFileSync(command, args, { stdio: 'inherit' });
  } catch (error) {
    console.error(`${command} failed: ${error instanceof Error ? error.message : error}`);
  }
}
