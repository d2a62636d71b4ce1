import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../src/server/index.js';
import { startCollector } from '../browser/collector.js';
import { startSite } from '../browser/site.js';
import { until } from '../browser/wait.js';
import type { Engine, Session, StartOptions, Tab } from './engines/contract.js';
import { faultsIn, GRANT, needsBrowser, type Situation, type Stage } from './situation.js';
import { startTlsFront } from './tls-front.js';

/** What one situation came to in one engine. */
export interface Result {
  situation: string;
  engine: string;
  version: string;
  tracked: number;
  /** Distinct events in the receiver's store. */
  delivered: number;
  /** Copies of them that crossed the wire, and rows in the store. */
  onWire: number;
  inStore: number;
  bytes: number;
  impossible?: string;
}

/**
 * Plays a situation with a real browser, the built tag, a fault-injecting collector and our receiver behind it. In the
 * `running` browser, if there is one and the situation leaves it as it is, by a visitor who is new there.
 */
export async function play(situation: Situation, engine: Engine, running?: Session): Promise<Result> {
  const base = { situation: situation.name, engine: engine.name, tracked: situation.tracked };
  const impossible = situation.impossible?.(engine);
  if (impossible) return { ...base, version: '', delivered: 0, onWire: 0, inStore: 0, bytes: 0, impossible };
  const directory = mkdtempSync(join(tmpdir(), 'filrouge-faults-'));
  const receiver = await startServer({
    port: 0,
    dataDir: join(directory, 'data'),
    writeKeys: ['wk', 'wk2'],
    adminKeys: ['admin'],
    store: 'memory',
  });
  const collector = await startCollector();
  collector.forward = (body) => fetch(`${receiver.url}/v1/batch`, { method: 'POST', body });
  const front = situation.tls ? await startTlsFront(collector.port) : undefined;
  const site = await startSite({
    collectorUrl: collector.url,
    capture: ['pages'],
    ...(situation.pages && { pages: situation.pages }),
    ...(situation.scripts && { scripts: situation.scripts }),
    ...(situation.headers && { headers: situation.headers }),
    ...(front && { url: front.url }),
  });
  const sessions: Session[] = [];
  try {
    const visitor = needsBrowser(situation) ? undefined : await running?.visitor?.();
    const stage = await setStage({ situation, engine, site, collector, front, directory, sessions, visitor });
    await situation.run(stage);
    const stored = async () =>
      faults(await (await fetch(`${receiver.url}/v1/events`, { headers: { Authorization: 'Bearer admin' } })).text());
    const distinct = (ids: string[]) => new Set(ids).size;
    await until('all events', async () => distinct(await stored()) >= situation.tracked, 120_000).catch(() => {});
    // A second copy would come with the next retry; one that does not come cannot be awaited.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const ids = await stored();
    return {
      ...base,
      version: stage.session.version,
      delivered: distinct(ids),
      inStore: ids.length,
      onWire: faultsIn(collector).length,
      bytes: collector.requests.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  } finally {
    for (const session of sessions) await session.close().catch(() => session.kill());
    await site.close();
    await front?.close();
    await collector.close();
    await receiver.close();
    rmSync(directory, { recursive: true, force: true, maxRetries: 20 });
  }
}

type StageParts = Pick<Stage, 'engine' | 'site' | 'collector' | 'front'> & {
  situation: Situation;
  directory: string;
  sessions: Session[];
  visitor: Session | undefined;
};

async function setStage({ situation, directory, sessions, visitor, ...parts }: StageParts): Promise<Stage> {
  const { engine, site, collector, front } = parts;
  const start = async (options: StartOptions = {}, profile = 'profile') => {
    const session = await engine.start(join(directory, profile), options);
    sessions.push(session);
    return session;
  };
  if (visitor) sessions.push(visitor);
  const session = visitor ?? (await start(situation.browser));
  const visitIn = async (browser: Session, path = '/again'): Promise<Tab> => {
    const tab = await browser.open(site.url + path);
    if (path === '/plain') return tab;
    await until('the tag', () => tab.run('!!(window.filrouge && filrouge.track && !filrouge.q)'));
    // As a consent platform does on every page: its own memory is not what is tested here.
    await tab.run(`void filrouge.consent(${GRANT})`);
    return tab;
  };
  const tab = await visitIn(session, '/home');
  // Over TLS that the browser does not trust, none arrives.
  if (!front || situation.browser?.trustsAnyCertificate) {
    await until('the first page view', () => collector.received.length);
  }
  return {
    ...parts,
    session,
    tab,
    visit: (path) => visitIn(session, path),
    restart: async (options) => visitIn(await start(options)),
    async another(options) {
      const other = await start(options, 'another');
      return (path) => visitIn(other, path);
    },
  };
}

/** Ids of the situation's own events in an NDJSON answer. */
function faults(ndjson: string): string[] {
  return ndjson
    .split('\n')
    .filter(Boolean)
    .map((line): { event?: string; messageId: string } => JSON.parse(line))
    .filter(({ event }) => event === 'Fault')
    .map(({ messageId }) => messageId);
}
