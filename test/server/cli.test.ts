import { once } from 'node:events';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../src/server/program.js';
import { freshDirectory } from '../files.js';
import { event } from '../receiver/events.js';
import { serve, type TestServer } from './serve.js';

let directory: string;
beforeEach(async () => {
  directory = freshDirectory();
});

type WaitFor = (pattern: RegExp) => Promise<void>;

/** Runs the command line in this process; once its output matches `until`, does `whileRunning`, then asks it to stop. */
async function run(
  args: string[],
  { until = /(?!)/, whileRunning = async (_out: string, _waitFor: WaitFor) => {} } = {},
) {
  let out = '';
  let err = '';
  const waiting: { pattern: RegExp; resolve: () => void }[] = [];
  const look = (): void => {
    for (const { pattern, resolve } of waiting) if (pattern.test(out)) resolve();
  };
  const waitFor: WaitFor = (pattern) =>
    new Promise((resolve) => {
      waiting.push({ pattern, resolve });
      look();
    });
  let stop = (): void => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const running = runCommand(args, {
    out: (text) => {
      out += text;
      look();
    },
    err: (text) => {
      err += text;
    },
    isTerminal: false,
    untilStopped: () => stopped,
  });
  await Promise.race([waitFor(until), running]);
  try {
    await whileRunning(out, waitFor);
  } finally {
    stop();
  }
  return { code: await running, out, err };
}

describe('help and wrong usage', () => {
  it.each(['serve', 'report', 'explain', 'erase', 'snippet', 'tail'])(
    '%s --help has examples and exits 0',
    async (name) => {
      const { code, out } = await run([name, '--help']);
      expect(code).toBe(0);
      expect(out).toMatch(new RegExp(`Examples:\\n +\\$ .*filrouge ${name}`));
      expect(out).toMatch(/FILROUGE_[A-Z]+/);
    },
  );

  it.each([
    [['fly']],
    [[]],
    [['serve', '--port', 'http']],
    [['serve', '--port', '70000']],
    [['serve', '--origin', 'shop.example']],
    [['serve', '--origin', 'https://shop.example/path']],
    [['serve', '--store', 'excel']],
    [['serve', '--write-key', ' ']],
    [['report', 'kpis']],
    [['report', 'weather', '--admin-key', 'ak']],
    [['report', 'kpis', '--admin-key', 'ak', '--url', 'ftp://x']],
    [['report', 'kpis', '--admin-key', 'ak', '--timeout', '301']],
    [['erase', '--admin-key', 'ak']],
    [['snippet']],
    [['snippet', '--write-key', 'wk', '--capture', 'pages,mice']],
    [['snippet', '--write-key', 'wk', '--consent', 'gpc nobody']],
    [['object', 'ann', '--admin-key', 'ak', '--purposes', 'sale']],
    [['tail', '--follow']],
    [['tail', '--admin-key', 'ak', '--from', 'soon']],
  ])('%j exits 2 and says why', async (args) => {
    const { code, out, err } = await run(args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).not.toBe('');
  });

  it.each([
    [['kpis', '--model', 'markov'], '--model is for attribution, ads: kpis takes no account of it.'],
    [['sales', '--drop-direct'], '--drop-direct is for attribution, journeys: sales takes no account of it.'],
    [['kpis', '--site', 'wk'], '--site is for audience: kpis takes no account of it.'],
  ])('report %j is a wrong call', async (args, said) => {
    expect(await run(['report', ...args, '--admin-key', 'ak', '--url', 'http://127.0.0.1:9'])).toEqual({
      code: 2,
      out: '',
      err: `filrouge: ${said}\n`,
    });
  });

  it.each([
    [['report', 'kpis'], "'--admin-key <key>' not specified, and FILROUGE_ADMIN_KEY is not set"],
    [['snippet'], "'--write-key <key>' not specified, and FILROUGE_WRITE_KEY is not set"],
  ])('%j without a key names the variable, too', async (args, said) => {
    expect(await run(args)).toMatchObject({ code: 2, err: expect.stringContaining(said) });
  });

  it('exits 1 when no server answers', async () => {
    const { code, err } = await run(['report', 'kpis', '--admin-key', 'ak', '--url', 'http://127.0.0.1:9']);
    expect([code, err]).toEqual([1, expect.stringContaining('No filrouge server answers at http://127.0.0.1:9')]);
  });

  it.each(['nothing', 'half an answer'])('exits 1 when a server says %s and then falls silent', async (said) => {
    const silent = createServer((_, response) => void (said === 'nothing' || response.write('{"rows":')));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    const { code, err } = await run(['report', 'kpis', '--admin-key', 'ak', '--url', url, '--timeout', '1']);
    expect([code, err]).toEqual([1, expect.stringContaining(`${url} said nothing for 1 second.`)]);
    expect(err).toContain('--timeout');
    silent.closeAllConnections();
    silent.close();
  });
});

describe('serve', () => {
  const flags = () => ['serve', '--store', 'memory', '--port', '0', '--data', join(directory, 'data')];

  it.each([
    ['--write-key', '--admin-key', 'write key and admin key'],
    ['--secret-key', '--admin-key', 'secret key and admin key'],
    ['--write-key', '--secret-key', 'write key and secret key'],
  ])('refuses one key for %s and %s', async (one, other, said) => {
    const { code, err } = await run([...flags(), one, 'same', other, 'same']);
    expect([code, err]).toEqual([2, expect.stringContaining(`One key cannot be both ${said}.`)]);
  });

  it('refuses an origin with a star in it, which no page would match', async () => {
    const { code, err } = await run([...flags(), '--origin', 'https://*.shop.example']);
    expect([code, err]).toEqual([2, expect.stringContaining('name each origin')]);
  });

  it('prints where everything is, takes events, and stops when asked', async () => {
    const all = [...flags(), '--admin-key', 'ak', '--secret-key', 'sk1,sk2', '--origin', 'https://shop.example'];
    const { code, out, err } = await run(all, {
      until: /<\/script>\n\n/,
      whileRunning: async (printed) => {
        const url = /Collector +(http:\/\/127\.0\.0\.1:\d+)\/v1\/batch/.exec(printed)?.[1] ?? '';
        const writeKey = /Write key +(wk_\S+)/.exec(printed)?.[1] ?? '';
        const body = JSON.stringify({ writeKey, batch: [event()] });
        expect((await fetch(`${url}/v1/batch`, { method: 'POST', body })).status).toBe(200);
        expect((await fetch(`${url}/v1/events`, { headers: { authorization: 'Bearer ak' } })).status).toBe(200);
      },
    });
    expect(code).toBe(0);
    for (const part of [
      '/report',
      '/v1/events',
      '/metrics',
      '/healthz',
      join(directory, 'data'),
      'https://shop.example',
      '/filrouge.js"',
    ]) {
      expect(out).toContain(part);
    }
    expect(out + err).not.toMatch(/sk1|sk2|\bak\b/);
  });

  it('recognises people by national phone numbers of the --country', async () => {
    const given = [...flags(), '--write-key', 'wk', '--admin-key', 'ak', '--country', 'FR'];
    const { code } = await run(given, {
      until: /<\/script>\n\n/,
      whileRunning: async (out) => {
        const url = /http:\/\/[\d.:]+/.exec(out)?.[0];
        const traits = { phone: '06 12 34 56 78' };
        const body = JSON.stringify({ writeKey: 'wk', type: 'identify', userId: 'ann', traits });
        expect((await fetch(`${url}/v1/identify`, { method: 'POST', body })).status).toBe(200);
        const asked = await fetch(`${url}/v1/people/%2B33612345678`, { headers: { authorization: 'Bearer ak' } });
        expect(await asked.json()).toMatchObject({ person: 'ann' });
      },
    });
    expect(code).toBe(0);
  });

  it('keeps the write key it made, in a private file', async () => {
    const key = async () => /Write key +(wk_\S+)/.exec((await run(flags(), { until: /<\/script>\n\n/ })).out)?.[1];
    const first = await key();
    expect(first).toMatch(/^wk_\S{16}$/);
    expect(await key()).toBe(first);
    const path = join(directory, 'data', 'keys.json');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await writeFile(path, '{}');
    const broken = await run(flags());
    expect([broken.code, broken.err]).toEqual([1, expect.stringContaining('keys.json')]);
  });

  it('reads FILROUGE_* variables; a flag wins', async () => {
    process.env.FILROUGE_WRITE_KEY = 'wk_env';
    process.env.FILROUGE_ORIGIN = 'https://a.example,https://b.example';
    try {
      const fromEnv = await run(flags(), { until: /<\/script>\n\n/ });
      expect(fromEnv.out).toContain('https://a.example, https://b.example');
      expect(fromEnv.out).toMatch(/Write key +wk_env/);
      expect(fromEnv.out).toMatch(/Report +off: .*--admin-key/);
      const flag = await run([...flags(), '--write-key', 'wk_flag'], { until: /<\/script>\n\n/ });
      expect(flag.out).toMatch(/Write key +wk_flag/);
    } finally {
      delete process.env.FILROUGE_WRITE_KEY;
      delete process.env.FILROUGE_ORIGIN;
    }
  });

  it('exits 1 with a sentence when the directory or the port cannot be had', async () => {
    await writeFile(join(directory, 'file'), '');
    const below = await run(['serve', '--store', 'memory', '--port', '0', '--data', join(directory, 'file', 'data')]);
    expect([below.code, below.err]).toEqual([1, expect.stringContaining('cannot be used')]);
    const server = await serve();
    const taken = await run([...flags(), '--port', String(server.port)]);
    expect([taken.code, taken.err]).toEqual([1, expect.stringContaining(`Port ${server.port} is taken`)]);
    expect(taken.err).not.toContain('"error"');
    const nowhere = await run([...flags(), '--host', 'nowhere.invalid']);
    expect([nowhere.code, nowhere.err]).toEqual([1, expect.stringContaining('choose another with --host')]);
    await server.remove();
    expect(await readFile(join(directory, 'file'), 'utf8')).toBe('');
  });
});

describe('the commands that talk to a server', () => {
  let server: TestServer;
  const access = () => ['--url', server.url, '--admin-key', 'ak'];
  const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';
  beforeEach(async () => {
    server = await serve();
    const page = {
      type: 'page',
      timestamp: new Date().toISOString(),
      userId: 'ann',
      context: { userAgent: agent, page: { url: 'https://shop.example/', path: '/\u001b[2J' } },
    };
    const body = JSON.stringify({ writeKey: 'wk', batch: [event(page)] });
    await fetch(`${server.url}/v1/batch`, { method: 'POST', body });
  });
  afterEach(() => server.remove());

  it('report prints JSON, CSV and a table', async () => {
    const json = await run(['report', 'kpis', '--by', 'total', ...access()]);
    expect(json.code).toBe(0);
    expect(JSON.parse(json.out)).toMatchObject({ totals: { sessions: 1 } });
    const csv = await run(['report', 'kpis', '--by', 'day', '--format', 'csv', ...access()]);
    expect(csv.out).toMatch(/^day,.*sessions/);
    const table = await run(['report', 'kpis', '--by', 'day', '--format', 'table', ...access()]);
    expect(table.out).toMatch(/^day +visitors.*\n─+/);
    expect(table.out).not.toContain('"');
  });

  it('report audience prints the page views of everybody', async () => {
    const body = JSON.stringify({ v: 1, writeKey: 'wk', path: '/shop', from: 'news.example' });
    await fetch(`${server.url}/v1/audience`, { method: 'POST', headers: { 'user-agent': agent }, body });
    const table = await run(['report', 'audience', '--by', 'hour', '--site', 'wk', '--format', 'table', ...access()]);
    expect([table.code, table.out]).toEqual([0, expect.stringMatching(/^hour +views +entries\n.*\n +\d\d +1 +1\n/)]);
    const wrong = await run(['report', 'audience', '--by', 'person', ...access()]);
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('hour, page, from')]);
  });

  it('explain prints who ordered, the touches and their shares, as known at any time', async () => {
    const order = {
      type: 'track',
      event: 'Order Completed',
      timestamp: new Date().toISOString(),
      userId: 'ann',
      context: { userAgent: agent, page: { url: 'https://shop.example/thanks' } },
      properties: { order_id: 'A7', total: 12, currency: 'EUR' },
    };
    await fetch(`${server.url}/v1/batch`, {
      method: 'POST',
      body: JSON.stringify({ writeKey: 'wk', batch: [event(order)] }),
    });
    const table = await run(['explain', 'A7', '--format', 'table', ...access()]);
    expect(table.out).toMatch(
      /^Order A7, .* 12 EUR\nPerson ann: userId ann, anonymousId device-1\n\nat +kind +channel.*\n─/,
    );
    expect(table.out).toMatch(/visit +Direct/);
    const json = JSON.parse((await run(['explain', 'A7', ...access()])).out);
    expect(json).toMatchObject({
      order: 'A7',
      value: 12,
      identityLinks: [{ kind: 'seen' }],
      rows: [{ credits: { linear: { conversions: 1, revenue: 12 } } }],
    });
    const before = await run(['explain', 'A7', '--as-known-at', '2026-01-01', ...access()]);
    expect([before.code, before.err]).toEqual([1, expect.stringContaining('No conversion has this order id')]);
    const report = await run(['report', 'kpis', '--by', 'total', '--as-known-at', '2026-01-01', ...access()]);
    expect(JSON.parse(report.out)).toMatchObject({ asKnownAt: '2026-01-02T00:00:00.000Z', totals: { sessions: 0 } });
  });

  it.each([
    [
      'attribution',
      {
        ...{ goal: 'Signed Up', lookback: '30,view:1', by: 'channel', segment: 'new', currency: 'EUR', limit: '3' },
        ...{ model: 'markov', order: '1', weights: '1,1,1', game: 'rate', bootstrap: '2', 'half-life': '3' },
        ...{ 'as-known-at': '2026-11-30', 'max-age': '60' },
      },
    ],
    ['combinations', { window: '7', follow: '30' }],
    ['funnel', { steps: 'Visit,Signed Up' }],
    ['touchpoints', { declared: 'lyon / qr' }],
    ['cohorts', { bucket: 'week' }],
    ['delivery', { late: '5' }],
  ])('every flag of %s is a parameter that the server knows', async (name, flags) => {
    const days = { from: '2026-11-01', to: '2026-11-30', timezone: 'Europe/Paris' };
    const given = Object.entries({ ...days, ...flags }).flatMap(([flag, value]) => [`--${flag}`, value]);
    const { code, out, err } = await run(['report', name, ...given, '--bots', ...access()]);
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({ report: name, timezone: 'Europe/Paris' });
  });

  it('report tells a wrong parameter from a wrong key', async () => {
    const parameter = await run(['report', 'kpis', '--from', 'soon', ...access()]);
    expect([parameter.code, parameter.err]).toEqual([2, expect.stringContaining('from')]);
    const key = await run(['report', 'kpis', '--url', server.url, '--admin-key', 'no']);
    expect([key.code, key.err]).toEqual([1, expect.stringContaining('admin key')]);
  });

  it('erase removes a person, and says when there is none', async () => {
    const erased = await run(['erase', 'ann', ...access()]);
    expect([erased.code, erased.out]).toEqual([
      0,
      expect.stringMatching(
        /^Erased: 1 event, 2 identifiers, 0 events of others trimmed, \d+ log records? changed\.$/m,
      ),
    ]);
    const again = await run(['erase', 'ann', ...access()]);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('not-found')]);
  });

  it('tail follows, and does not let stored values steer the terminal', async () => {
    const later = JSON.stringify({ writeKey: 'wk', batch: [event({ event: 'Later' })] });
    const { code, out } = await run(['tail', '--from', '2020-01-01', ...access()], {
      until: /page/,
      whileRunning: async (_, waitFor) => {
        await fetch(`${server.url}/v1/batch`, { method: 'POST', body: later });
        await waitFor(/Later/);
      },
    });
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(2);
    expect(out).not.toContain('\u001b');
    const whole = await run(['tail', '--from', '2020-01-01', '--format', 'ndjson', ...access()], { until: /Later/ });
    expect(
      whole.out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).type),
    ).toEqual(['page', 'track']);
  });

  it('tail goes on where it was when the last events that it printed are erased', async () => {
    const post = (name: string, userId: string) => {
      const one = event({ event: name, userId, anonymousId: `device of ${userId}` });
      return fetch(`${server.url}/v1/batch`, {
        method: 'POST',
        body: JSON.stringify({ writeKey: 'wk', batch: [one] }),
      });
    };
    await post('Staying', 'dan');
    const { out } = await run(['tail', '--from', '2020-01-01', ...access()], {
      until: /Staying/,
      whileRunning: async (_, waitFor) => {
        await post('Leaving', 'eve');
        await waitFor(/Leaving/);
        await server.admin('/v1/people/eve', 'DELETE');
        await post('Coming', 'carl');
        await waitFor(/Coming/);
      },
    });
    expect(out.match(/Staying|Leaving|Coming/g)).toEqual(['Staying', 'Leaving', 'Coming']);
  });

  it('link refuses a recipient that names nobody', async () => {
    const to = (...recipient: string[]) => run(['link', 'https://shop.example/', ...recipient, ...access()]);
    expect((await to('--email', 'ann@example.com')).out).toMatch(/^http\S+\/r\/\S+\n$/);
    for (const wrong of [
      ['--email', 'ann'],
      ['--phone', '12'],
    ]) {
      const { code, out, err } = await to(...wrong);
      expect([code, out, err]).toEqual([2, '', expect.stringContaining('names nobody')]);
    }
    const nowhere = await to('--qr', join(directory, 'no', 'a.svg'));
    expect([nowhere.code, nowhere.err]).toEqual([1, expect.stringContaining('no such file or directory')]);
  });

  it('snippet knows the files that the tag can load', async () => {
    const { out } = await run(['snippet', '--help']);
    const built = (await readdir(new URL('../../dist', import.meta.url)))
      .map((name) => /^filrouge-(?:consent-)?([a-z]+)\.js$/.exec(name)?.[1] ?? '')
      .filter((name) => name && !['sw', 'audience', 'named'].includes(name));
    expect(built.length).toBeGreaterThan(15);
    expect(built.filter((name) => !new RegExp(`\\b${name}\\b`).test(out))).toEqual([]);
  });

  it('snippet prints the tag', async () => {
    const { code, out } = await run([
      'snippet',
      '--url',
      'https://c.shop.example',
      '--write-key',
      'wk',
      '--no-stub',
      '--capture',
      'pages links',
    ]);
    expect([code, out]).toEqual([
      0,
      expect.stringContaining(
        'src="https://c.shop.example/filrouge.js" data-write-key="wk" data-capture="pages links"',
      ),
    ]);
  });
});
