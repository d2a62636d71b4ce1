import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { Builder, Capabilities, type WebDriver } from 'selenium-webdriver';
import { installPackages } from '../../browsers.js';
import { BLOCKED_MARK, type Engine, type Tab } from './contract.js';
import { killTree, stopTree } from './processes.js';

const BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
const DRIVER = '/usr/bin/WebKitWebDriver';

/** WebKitGTK's MiniBrowser over WebDriver, on a virtual screen. Its automation mode is always private: it keeps no profile. */
export const webkit: Engine = {
  name: 'webkit',
  keepsProfile: false,
  async start(
    profile,
    { trustsAnyCertificate = false, blocksThirdParties = false, hasBlocker = false, timeZone } = {},
  ) {
    if (!existsSync(DRIVER) || !existsSync(BROWSER)) installPackages('webkit2gtk-driver', 'xvfb');
    const display = `:${100 + Math.floor(Math.random() * 800)}`;
    const screen = spawn('Xvfb', [display, '-screen', '0', '1280x900x24'], { stdio: 'ignore' });
    // Below those that systems give to clients (Linux: from 32,768 on): one of them may have it.
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const env = {
      ...process.env,
      DISPLAY: display,
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      ...(timeZone && { TZ: timeZone }),
    };
    const server = spawn(DRIVER, [`--port=${port}`, '--host=127.0.0.1'], { stdio: 'ignore', env });
    const driver = await connect(port, trustsAnyCertificate, [
      ...(blocksThirdParties ? ['--enable-itp=true'] : []),
      ...(hasBlocker ? [`--content-filter=${writeFilter(profile)}`] : []),
    ]);
    let opened = 0;
    const stop = () => stopAll(server, screen);
    return {
      version: `WebKitGTK ${(await driver.getCapabilities()).get('browserVersion')}`,
      // The first tab is the one that is shown: tabs opened by the driver stay in the background.
      open: (url) => openTab(driver, url, opened++ > 0),
      kill: stop,
      sleep: (ms) => stopTree(server.pid, ms),
      async close() {
        await driver.quit().catch(() => {});
        await stop();
      },
    };
  },
};

/** A content blocker as WebKit has it inside: rules that it compiles when it starts. */
function writeFilter(profile: string): string {
  const path = `${profile}-filter.json`;
  const rule = {
    trigger: { 'url-filter': '/v1/batch$', 'if-top-url': [`.*${BLOCKED_MARK}`] },
    action: { type: 'block' },
  };
  writeFileSync(path, JSON.stringify([rule]));
  return path;
}

async function connect(port: number, acceptInsecureCerts: boolean, options: string[]): Promise<WebDriver> {
  const capabilities = new Capabilities({
    browserName: 'MiniBrowser',
    acceptInsecureCerts,
    'webkitgtk:browserOptions': { binary: BROWSER, args: ['--automation', ...options] },
  });
  for (let attempt = 0; ; attempt++) {
    try {
      const driver = await new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(capabilities).build();
      await driver.manage().setTimeouts({ script: 60_000 });
      return driver;
    } catch (error) {
      // The driver and the screen need a moment after their start.
      if (attempt > 40) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

async function openTab(driver: WebDriver, url: string, another: boolean): Promise<Tab> {
  if (another) await driver.switchTo().newWindow('tab');
  const handle = await driver.getWindowHandle();
  const here = () => driver.switchTo().window(handle);
  await driver.get(url);
  return {
    async go(next) {
      await here();
      await driver.get(next);
    },
    async click(selector) {
      await here();
      await driver.findElement({ css: selector }).click();
    },
    async run(expression) {
      await here();
      return driver.executeAsyncScript(
        // As it is: a page may forbid eval.
        `const done = arguments[0]; Promise.resolve((${expression})).then(done, (error) => done(String(error)))`,
      );
    },
    async close() {
      await here();
      await driver.close();
      const [first] = await driver.getAllWindowHandles();
      if (first) await driver.switchTo().window(first);
    },
  };
}

async function stopAll(...children: ChildProcess[]): Promise<void> {
  for (const child of children) await killTree(child.pid);
}
