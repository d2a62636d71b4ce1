import { until } from '../browser/wait.js';
import type { Tab } from './engines/contract.js';
import { GRANT, type Situation, track } from './situation.js';

/** A frame that tracks when it is told to, and says then what it may store. */
const FRAMED = {
  '/framed': `<script>onmessage = () => {
    filrouge.consent(${GRANT}); ${track(20)}
    let stores = true;
    try { localStorage.probe = 1; delete localStorage.probe } catch { stores = false }
    parent.postMessage({ stores, cookies: (() => { try { return document.cookie } catch { return 'throws' } })() }, '*');
  }</script>`,
};

/** Frames of other sites, which browsers treat worse from year to year. */
export const frames: Situation[] = [
  {
    name: 'sandboxed iframe without an origin: storage, cookies and locks all throw',
    tracked: 20,
    extraCopies: 1,
    pages: FRAMED,
    async run({ tab, site }) {
      const { stores, cookies } = await inFrame(tab, `${site.otherUrl}/framed`, 'allow-scripts');
      if (stores || cookies !== 'throws') throw new Error('it has storage');
    },
  },
  {
    name: 'iframe of another site where the browser blocks what third parties store',
    tracked: 20,
    extraCopies: 1,
    browser: { blocksThirdParties: true },
    pages: FRAMED,
    async run({ tab, site }) {
      const { cookies } = await inFrame(tab, `${site.otherUrl}/framed`);
      if (cookies) throw new Error(`it has cookies: ${cookies}`);
    },
  },
  {
    name: 'iframe of another site in its own compartment of storage, collector fails, frame removed, page opened again with it',
    tracked: 40,
    extraCopies: 1,
    pages: FRAMED,
    async run({ tab, site, collector, visit }) {
      const before = collector.requests.length;
      collector.mood = () => ({ kind: 'status', status: 503 });
      await inFrame(tab, `${site.otherUrl}/framed`);
      await until('the refused request', () => collector.requests.length > before);
      await tab.run(`void document.querySelector('iframe').remove()`);
      collector.mood = () => ({ kind: 'ok' });
      await inFrame(await visit('/again'), `${site.otherUrl}/framed`);
    },
  },
];

/** Has a frame track, and waits until it did; it stays. */
async function inFrame(tab: Tab, src: string, sandbox?: string): Promise<{ stores: boolean; cookies: string }> {
  await tab.run(`(() => {
    window.told = '';
    const frame = document.createElement('iframe');
    ${sandbox ? `frame.sandbox = '${sandbox}';` : ''}
    frame.src = '${src}'; document.body.append(frame);
    addEventListener('message', ({ data }) => (window.told = JSON.stringify(data)), { once: true });
    frame.onload = () => setTimeout(() => frame.contentWindow.postMessage('go', '*'), 500);
  })()`);
  return JSON.parse(String(await until('the frame', () => tab.run('told'))));
}
