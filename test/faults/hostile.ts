import { until } from '../browser/wait.js';
import { BLOCKED_MARK, type Tab } from './engines/contract.js';
import { faultsIn, hide, pause, type Situation, type Stage, track, trackAndLeave, tracking } from './situation.js';

/** What hardened pages do before any other script (SES, Salesforce's Locker): what everybody shares can no longer change. */
const FROZEN = `<script>
  for (const name of Object.getOwnPropertyNames(window)) {
    const value = Object.getOwnPropertyDescriptor(window, name)?.value;
    if (typeof value !== 'function' || !value.prototype) continue;
    Object.freeze(value.prototype); Object.freeze(value);
  }
  for (const value of [JSON, Math, Reflect, Function.prototype]) Object.freeze(value);
  window.isEarly = !!filrouge.q;
</script>`;

/** As zone.js has it: a promise of its own that is not the browser's, and every way to be called later goes through a wrapper. */
const ZONED = `<script>
  const Native = Promise;
  class Zoned {
    constructor(work) { this.inner = new Native(work) }
    then(...steps) { return Zoned.resolve(this.inner.then(...steps.map((step) => step && ((value) => zone(step, value))))) }
    catch(step) { return this.then(undefined, step) }
    finally(step) { return Zoned.resolve(this.inner.finally(() => zone(step))) }
    static resolve(value) { return new Zoned((done) => done(value)) }
    static reject(error) { return new Zoned((_, fail) => fail(error)) }
    static all(list) { return Zoned.resolve(Native.all(list)) }
    static race(list) { return Zoned.resolve(Native.race(list)) }
    static allSettled(list) { return Zoned.resolve(Native.allSettled(list)) }
    get [Symbol.toStringTag]() { return 'Promise' }
  }
  let depth = 0;
  const zone = (work, ...args) => { depth++; try { return work(...args) } finally { depth-- } };
  const wrap = (work) => (...args) => zone(work, ...args);
  window.Promise = Zoned;
  for (const name of ['setTimeout', 'setInterval', 'queueMicrotask', 'requestAnimationFrame']) {
    const native = window[name]; window[name] = (work, ...rest) => native.call(window, wrap(work), ...rest);
  }
  const { fetch } = window;
  window.fetch = (...args) => Zoned.resolve(fetch.apply(window, args));
  const { addEventListener: listen } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (type, work, options) { return listen.call(this ?? window, type, typeof work === 'function' ? wrap(work) : work, options) };
  for (const type of [IDBRequest, IDBOpenDBRequest, IDBDatabase, IDBTransaction]) for (const name of Object.getOwnPropertyNames(type.prototype)) {
    const known = Object.getOwnPropertyDescriptor(type.prototype, name);
    if (name.startsWith('on') && known.set) Object.defineProperty(type.prototype, name, { ...known, set(work) { known.set.call(this, work && wrap(work)) } });
  }
  window.isEarly = !!filrouge.q;
</script>`;

/** The page, or what sits in the browser beside it, gets in the way of scripts. */
export const hostiles: Situation[] = [
  {
    name: 'other scripts of the page hold all keepalive bytes, the page stays',
    tracked: 20,
    async run({ tab, site }) {
      await holdKeepalive(tab, `${site.url}/hold`);
      await tab.run(tracking(20));
    },
  },
  {
    name: 'other scripts of the page hold all keepalive bytes, track 20 and leave in the same tick, site opened again',
    tracked: 20,
    extraCopies: 1,
    async run({ tab, site, visit }) {
      await holdKeepalive(tab, `${site.url}/hold`);
      await trackAndLeave(tab, site);
      await visit();
    },
  },
  {
    name: 'every prototype and constructor of the page is frozen: track 20 and leave in the same tick',
    tracked: 40,
    extraCopies: 1,
    pages: { '/frozen': FROZEN },
    run: (stage) => trackStayAndLeave(stage, '/frozen'),
  },
  {
    name: 'promises, timers, fetch, listeners and IndexedDB patched as zone.js does: track 20 and leave in the same tick',
    tracked: 40,
    extraCopies: 1,
    pages: { '/zoned': ZONED },
    run: (stage) => trackStayAndLeave(stage, '/zoned'),
  },
  {
    name: 'the page requires Trusted Types',
    tracked: 20,
    headers: { 'Content-Security-Policy': "require-trusted-types-for 'script'; trusted-types 'none'" },
    async run({ tab }) {
      const isRefused = `(() => { try { document.body.innerHTML = '<b>x</b>'; return false } catch { return true } })()`;
      if (!(await tab.run(isRefused))) throw new Error('it does not');
      await tab.run(tracking(20));
    },
  },
  {
    // It takes the page's listeners along, so that nobody hears in every engine that it is left.
    name: 'document.write replaces the page after it loaded, then track 20 and leave in the same tick, site opened again',
    tracked: 40,
    extraCopies: 1,
    async run({ visit, site, collector }) {
      const tab = await visit('/written');
      await tab.run(
        `(() => { ${track(10)} document.open(); document.write('<p>another page</p>'); document.close(); ${track(10)} })()`,
      );
      await until('the first 20', () => faultsIn(collector).length >= 20);
      await trackAndLeave(tab, site);
      await visit();
    },
  },
  {
    name: 'a content blocker stops the first request',
    tracked: 20,
    browser: { hasBlocker: true },
    async run({ visit }) {
      const tab = await visit('/before');
      await tab.run(BLOCK);
      await tab.run(tracking(20));
      await pause(1000);
      await tab.run(UNBLOCK);
    },
  },
  {
    name: 'a content blocker stops every request of 10 s, in the page and while it is hidden, then is switched off',
    tracked: 40,
    browser: { hasBlocker: true },
    async run({ visit, collector }) {
      const tab = await visit('/before');
      await tab.run(BLOCK);
      await tab.run(TICKING);
      await until('the first 20', () => tab.run('ticks > 20'));
      await tab.run(hide(true));
      await tab.run(TICKING);
      await until('the other 20', () => tab.run('ticks > 20'));
      if (collector.received.some(({ event }) => event === 'Fault')) throw new Error('nothing was blocked');
      await tab.run(UNBLOCK);
      await tab.run(hide(false));
    },
  },
];

/** The content blocker goes by the page's address. */
const BLOCK = `history.replaceState(null, '', '/${BLOCKED_MARK}')`;
const UNBLOCK = `history.replaceState(null, '', '/free')`;
const TICKING = `void (window.ticks = 0, window.ticking = setInterval(() => { if (++ticks > 20) clearInterval(ticking); else filrouge.track('Fault') }, 250))`;

/** Tracks 20 on a page that meddles with what everybody shares, and 20 more as it is left. */
async function trackStayAndLeave({ visit, site, collector }: Stage, path: string): Promise<void> {
  const tab = await visit(path);
  // What the page's patches do not reach is no test of them.
  if (!(await tab.run('isEarly'))) throw new Error('the tag was first');
  await tab.run(tracking(20));
  await until('the first 20', () => faultsIn(collector).length >= 20);
  await trackAndLeave(tab, site);
}

/** Requests without an answer, until the browser lets no more bytes go beyond the page. */
async function holdKeepalive(tab: Tab, url: string): Promise<void> {
  await tab.run(`(async () => {
    window.held = 0;
    for (let bytes = 32768; bytes > 64; bytes /= 2) for (let i = 0; i < 2; i++) {
      held += bytes;
      fetch('${url}', { method: 'POST', body: 'x'.repeat(bytes), keepalive: true }).catch(() => { held -= bytes });
      await new Promise((done) => setTimeout(done, 50));
    }
  })()`);
  if (Number(await tab.run('held')) < 60_000) throw new Error(`only ${await tab.run('held')} bytes are held`);
}
