import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Builder, Capabilities, type WebDriver } from 'selenium-webdriver';
import { installPackages } from '../../browsers.js';
import type { Engine, Tab } from './contract.js';
import { killTree } from './processes.js';

const BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
const DRIVER = '/usr/bin/WebKitWebDriver';

/** WebKitGTK's MiniBrowser over WebDriver, on a virtual screen. Its automation mode is always private: it keeps no profile. */
export const webkit: Engine = {
  name: 'webkit',
  keepsProfile: false,
  async start(_, { trustsAnyCertificate = false } = {}) {
    if (!existsSync(DRIVER) || !existsSync(BROWSER)) installPackages('webkit2gtk-driver', 'xvfb');
    const display = `:${100 + Math.floor(Math.random() * 800)}`;
    const screen = spawn('Xvfb', [display, '-screen', '0', '1280x900x24'], { stdio: 'ignore' });
    const port = 20_000 + Math.floor(Math.random() * 20_000);
    const env = { ...process.env, DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' };
    const server = spawn(DRIVER, [`--port=${port}`, '--host=127.0.0.1'], { stdio: 'ignore', env });
    const driver = await connect(port, trustsAnyCertificate);
    let opened = 0;
    const stop = () => stopAll(server, screen);
    return {
      version: `WebKitGTK ${(await driver.getCapabilities()).get('browserVersion')}`,
      // The first tab is the one that is shown: tabs opened by the driver stay in the background.
      open: (url) => openTab(driver, url, opened++ > 0),
      kill: stop,
      async close() {
        await driver.quit().catch(() => {});
        await stop();
      },
    };
  },
};

async function connect(port: number, acceptInsecureCerts: boolean): Promise<WebDriver> {
  const capabilities = new Capabilities({
    browserName: 'MiniBrowser',
    acceptInsecureCerts,
    'webkitgtk:browserOptions': { binary: BROWSER, args: ['--automation'] },
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
        `const done = arguments[0]; Promise.resolve(eval(${JSON.stringify(expression)})).then(done, (error) => done(String(error)))`,
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
