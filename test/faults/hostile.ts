import { pause, runAndLeave, type Situation, track } from './situation.js';

const run = (count: number) => `(() => {${track(count)}})()`;

/** Other scripts of the page get in the way. */
export const hostiles: Situation[] = [
  {
    name: 'other scripts of the page hold all keepalive bytes, the page stays',
    tracked: 20,
    async run({ tab, site }) {
      await holdKeepalive(tab, `${site.url}/hold`);
      await tab.run(run(20));
    },
  },
  {
    name: 'other scripts of the page hold all keepalive bytes, track 20 and leave in the same tick, site opened again',
    tracked: 20,
    extraCopies: 1,
    async run({ tab, site, visit }) {
      await holdKeepalive(tab, `${site.url}/hold`);
      await runAndLeave(tab, `${track(20)} location.href = '${site.otherUrl}/plain'`);
      await pause(500);
      await visit();
    },
  },
];

/** Requests without an answer, until the browser lets no more bytes go beyond the page. */
async function holdKeepalive(tab: { run(expression: string): Promise<unknown> }, url: string): Promise<void> {
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
