import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { csvRows } from '../../src/intake/import/csv-rows.js';
import { runCommand } from '../../src/server/program.js';
import { all } from '../contract/wire.js';
import { freshDirectory } from '../files.js';
import { serve, type TestServer } from '../server/serve.js';

let directory: string;
let server: TestServer;
beforeEach(async () => {
  directory = freshDirectory();
  server = await serve();
});
afterEach(async () => {
  await server.remove();
});

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, content);
  return path;
}

async function run(...args: string[]) {
  const said = { out: '', err: '' };
  const code = await runCommand(['import', ...args], {
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
    isTerminal: false,
    untilStopped: async () => undefined,
  });
  return { code, err: said.err, summary: said.out ? JSON.parse(said.out) : undefined };
}
const bring = (path: string, map: string, ...more: string[]) =>
  run(path, '--map', map, '--url', server.url, '--secret-key', 'sk', ...more);

const TILL = `Ticket;Magasin;Date;Montant TTC;Carte fidélité;E-mail
T-1;3;21/11/2026 14:05;1 234,50 €;4711;Ann@example.com
T-2;3;21/11/2026 14:06;"9,90";;
`;

describe('till receipts', () => {
  test('become orders of a store, dated when they were sold, hashed before they are written', async () => {
    const path = await file('receipts.csv', TILL);
    const flags = ['--timezone', 'Europe/Paris', '--dates', 'dmy', '--decimal', ','];
    const { code, summary } = await bring(path, 'till', ...flags);
    expect([code, summary]).toMatchObject([0, { rows: 2, taken: 2, rejected: 0, ignored: 0 }]);
    const events = await server.events();
    expect(events).toMatchObject([
      {
        event: 'Order Completed',
        timestamp: '2026-11-21T13:05:00.000Z',
        userId: 'loyalty_id:4711',
        properties: { order_id: 'T-1', store_id: '3', total: 1234.5 },
        context: { channel: 'store', externalIds: [{ type: 'email_hash' }, { type: 'loyalty_id' }] },
      },
      { timestamp: '2026-11-21T13:06:00.000Z', anonymousId: 'anonymous', properties: { total: 9.9 } },
    ]);
    expect(events.every(({ receivedAt, timestamp }) => receivedAt > timestamp)).toBe(true);
    expect(JSON.stringify(events)).not.toMatch(/ann@/i);
  });

  test('imported twice are there once, also from a copy of the file', async () => {
    const path = await file('receipts.csv', TILL);
    const flags = ['--dates', 'dmy', '--decimal', ','];
    await bring(path, 'till', ...flags);
    const once = await server.events();
    await bring(path, 'till', ...flags);
    await bring(await file('copy.csv', `\ufeff${TILL.replace(/\n/g, '\r\n')}`), 'till', ...flags);
    expect(await server.events()).toEqual(once);
    expect(once).toHaveLength(2);
  });

  test('know a return from a sale', async () => {
    const path = await file(
      'receipts.csv',
      'receipt_id,type,date,total\nT-1,sale,2026-11-20,10\nT-1,return,2026-11-21,10\n',
    );
    await bring(path, 'till');
    expect((await server.events()).map(({ event }) => event)).toEqual(['Order Completed', 'Order Refunded']);
  });
});

describe('rows that cannot be taken', () => {
  test('go to a file with line and reason, which can be mended and imported', async () => {
    const rows = [
      'receipt_id,date,total',
      'A,2026-11-20,10',
      'B,someday,10',
      ',2026-11-20,10',
      'D,2026-11-20',
      'E,2999-01-01,5',
    ];
    const path = await file('receipts.csv', [...rows, 'F"x,2026-11-20,12', ''].join('\n'));
    const { code, err, summary } = await bring(path, 'till');
    const rejected = `${path}.rejected.csv`;
    expect([code, summary]).toMatchObject([0, { taken: 1, rejected: 5 }]);
    expect(err).toBe(`filrouge: 5 of 6 rows were not taken: ${rejected} says why.\n`);
    expect(await readFile(rejected, 'utf8')).toBe(
      [
        'filrouge_line,filrouge_reason,receipt_id,date,total',
        '3,no time that could be read,B,someday,10',
        '4,"nothing in receipt_id, receipt, receipt_number, ticket, ticket_id, numero_ticket, order_id",,2026-11-20,10',
        '5,"2 cells, but the header has 3",D,2026-11-20',
        '6,the time lies in the future,E,2999-01-01,5',
        '7,a quote in the middle of a cell,',
        '',
      ].join('\n'),
    );
    expect((await stat(rejected)).mode & 0o777).toBe(0o600);
    await writeFile(rejected, (await readFile(rejected, 'utf8')).replace('someday', '2026-11-19'));
    expect((await bring(rejected, 'till')).summary).toMatchObject({ taken: 1, rejected: 4 });
    expect((await server.events()).map(({ properties }) => properties?.order_id).sort()).toEqual(['A', 'B']);
  });

  test('name the columns that their map looks for', async () => {
    const path = await file('receipts.csv', 'order_id;when;total\nA;21/11/2026;12,50\n');
    expect((await bring(path, 'till')).code).toBe(1);
    expect(await readFile(`${path}.rejected.csv`, 'utf8')).toContain('nothing in sold_at, sold, date_time,');
    const mended = await file('mended.csv', 'order_id;date;total\nA;21/11/2026;12,50\n');
    expect(await bring(mended, 'till', '--dates', 'dmy')).toMatchObject({ code: 0, summary: { taken: 1 } });
    expect(await server.events()).toMatchObject([{ properties: { order_id: 'A', total: 12.5 } }]);
  });

  test('a column is found by its plain name, also one that JavaScript knows', async () => {
    const rows = Readable.from(['Constructor,To String,__proto__\nA,B,C\n']);
    const [row] = await all((await csvRows(rows)).each);
    expect(Object.entries(row?.entry ?? {}).sort()).toEqual(
      Object.entries({ Constructor: 'A', constructor: 'A', 'To String': 'B', to_string: 'B', proto: 'C' })
        .concat([['__proto__', 'C']])
        .sort(),
    );
  });

  test('are those with an amount that is none, by the line where they end, also after line breaks inside quotes', async () => {
    const rows = [
      '\ufeffticket;date;total;magasin',
      'A;21/11/26 10:00;"1 234,50 €";"Lyon\r\nPart-Dieu"',
      'B;21/11/26 10:00;12,5O;Lyon',
      'C;22/11/26 10:00;-;Lyon',
      'D;25/10/2026 02:30;1.234,50;Lyon',
      '',
    ];
    const path = await file('caisse.csv', rows.join('\r\n'));
    const flags = ['--dates', 'dmy', '--timezone', 'Europe/Paris'];
    const { summary } = await bring(path, 'till', ...flags);
    expect(summary).toMatchObject({ taken: 3, rejected: 1 });
    const [, rejected] = (await readFile(`${path}.rejected.csv`, 'utf8')).split('\n');
    expect(rejected?.trim()).toBe('4;total is no number (see --decimal);B;21/11/26 10:00;12,5O;Lyon');
    const totals = (await server.events()).map(({ properties, timestamp }) => [timestamp, properties?.total]);
    expect(totals.sort()).toMatchObject([
      [expect.stringMatching(/^2026-10-25T0[01]:30/), 1234.5],
      ['2026-11-21T09:00:00.000Z', 1234.5],
      ['2026-11-22T09:00:00.000Z', undefined],
    ]);
  });

  test('do not follow a quote that is never closed: there the import ends, and says where', async () => {
    const good = (i: number) => `R${i},2026-11-20,${i}`;
    const rows = ['receipt_id,date,total', good(1), good(2), '"R3,2026-11-20,3', good(4)];
    for (const more of [[], Array.from({ length: 30_000 }, (_, i) => good(i + 5))]) {
      const path = await file('receipts.csv', [...rows, ...more, ''].join('\n'));
      const { code, err } = await bring(path, 'till');
      expect([code, err]).toEqual([1, expect.stringMatching(/quote after line 3 is not closed/)]);
    }
  });

  test('of NDJSON are named in the same way, and too long lines do not fill memory', async () => {
    const good = '{"call_id":"c1","date":"2026-11-19T14:00:00Z","caller":"+33612345678"}';
    const path = await file('calls.ndjson', `${good}\n{"call_id":\n[]\n${'x'.repeat(300_000)}\n`);
    expect((await bring(path, 'calls')).summary).toMatchObject({ taken: 1, rejected: 3 });
    const lines = (await readFile(`${path}.rejected.ndjson`, 'utf8')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { filrouge_line: 2, filrouge_reason: 'not a JSON object' },
      { filrouge_line: 3 },
      { filrouge_line: 4, filrouge_reason: 'a line of more than 256 KiB' },
    ]);
  });

  test('include what the receiver itself refuses', async () => {
    const map = await file('map.json', '{"event":"$.name","id":["$.id"],"at":"$.at","properties":{"x":"$.x"}}');
    const row = (id: string, x: unknown) => JSON.stringify({ id, name: 'X', at: '2026-11-20', x });
    const path = await file('rows.ndjson', [row('1', 1), row('2', 'y'.repeat(40_000)), row('3', 1)].join('\n'));
    expect((await bring(path, map)).summary).toMatchObject({ taken: 2, rejected: 1 });
    expect(await readFile(`${path}.rejected.ndjson`, 'utf8')).toContain(
      '"filrouge_line":2,"filrouge_reason":"too-large"',
    );
  });
});

describe('ready-made maps', () => {
  test.each([
    [
      'calls',
      'ID appel,Début,Numéro appelant,Numéro appelé,Durée,visitor_id\nC1,2026-11-19 15:00:00,+33612345678,+33199000000,120,v1\n',
      {
        event: 'Call Ended',
        anonymousId: 'v1',
        properties: { call_id: 'C1', duration: 120, number_id: '+33199000000' },
        context: { channel: 'phone' },
      },
    ],
    [
      'catalogue',
      'order_number,order_date,total,coupon_code,catalogue\nK1,2026-11-19,50,AUTUMN,2026-2\n',
      {
        event: 'Order Completed',
        properties: { order_id: 'K1', total: 50, coupon: 'AUTUMN' },
        context: { channel: 'catalogue' },
      },
    ],
    [
      'surveys',
      'survey_id,response_id,answered_at,kind,score,touchpoint\nS1,9,2026-11-19,nps,10,store\n',
      { event: 'Survey Answered', properties: { survey_id: 'S1', kind: 'nps', score: 10, touchpoint: 'store' } },
    ],
    [
      'costs',
      'date,source,campaign,cost,currency,clicks,impressions\n2026-11-16,google,winter,"1,012.50",EUR,40,1000\n',
      {
        event: 'Ad Cost Imported',
        properties: {
          date: '2026-11-16',
          source: 'google',
          campaign: 'winter',
          cost: 1012.5,
          clicks: 40,
          impressions: 1000,
        },
      },
    ],
    [
      'social',
      'date,network,account,metric,value\n2026-11-16,instagram,filrouge,followers,1200\n',
      { event: 'Social Metric Imported', properties: { network: 'instagram', metric: 'followers', value: 1200 } },
    ],
  ])('%s', async (map, content, event) => {
    const { summary } = await bring(await file(`${map}.csv`, content), map);
    expect(summary).toMatchObject({ taken: 1, rejected: 0 });
    expect(await server.events()).toMatchObject([event]);
  });
});

describe('files', () => {
  test('may be compressed, in another encoding, or with another delimiter', async () => {
    const content = 'receipt_id|date|boutique\nA|2026-11-20|Orléans\n';
    const path = await file('receipts.csv.gz', gzipSync(Buffer.from(content, 'latin1')));
    const wrong = await bring(path, 'till');
    expect([wrong.code, wrong.err]).toEqual([1, expect.stringContaining('--encoding windows-1252')]);
    expect((await bring(path, 'till', '--encoding', 'windows-1252')).summary).toMatchObject({ taken: 1 });
    expect(await server.events()).toMatchObject([{ properties: { store_id: 'Orléans' } }]);
  });

  test('can go straight into a data directory', async () => {
    const dataDir = join(directory, 'data');
    const path = await file('receipts.csv', TILL);
    const args = [path, '--map', 'till', '--dates', 'dmy', '--data', dataDir];
    expect((await run(...args)).summary).toMatchObject({ taken: 2 });
    expect((await run(...args)).summary).toMatchObject({ taken: 2 });
    const own = await serve({ dataDir, store: 'duckdb' });
    expect(await own.events()).toHaveLength(2);
    await own.close();
  });

  test('reads national phone numbers by --country, also into a data directory', async () => {
    const path = await file('calls.csv', 'call_id,date,caller\nK1,2026-11-20,06 12 34 56 78\n');
    for (const [country, found] of [
      [[], 404],
      [['--country', 'fr'], 200],
    ] as const) {
      const dataDir = join(directory, `data${country.length}`);
      await run(path, '--map', 'calls', '--data', dataDir, ...country);
      const own = await serve({ dataDir, store: 'duckdb' });
      expect((await own.admin(`/v1/people/${encodeURIComponent('+33612345678')}`)).status).toBe(found);
      await own.close();
    }
    expect(await run(path, '--map', 'calls', '--data', directory, '--country', 'Gaul')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/is no country of phone numbers/),
    });
  });

  test.each([
    [['missing.csv', '--map', 'till', '--secret-key', 'sk'], 1, /no such file/],
    [['x.csv', '--map', 'tills', '--secret-key', 'sk'], 2, /no map "tills": there are till, calls/],
    [['x.csv', '--map', 'till'], 2, /Give --secret-key/],
    [['x.csv', '--secret-key', 'sk'], 2, /required option/],
  ])('and calls that are wrong say so: %j', async (args, code, why) => {
    const { code: given, err } = await run(...args);
    expect([given, err]).toEqual([code, expect.stringMatching(why)]);
  });

  test('may begin with empty lines, however they arrive: the delimiter is that of the header', async () => {
    for (const chunks of [
      ['\r\n\r\nTicket,Date\r\nT-1,2026-11-21\r\n'],
      ['\n', '\nTicket,Da', 'te\nT-1,2026-11-21\n'],
    ]) {
      const { columns, delimiter, each } = await csvRows(Readable.from(chunks, { objectMode: false }));
      expect([columns, delimiter]).toEqual([['Ticket', 'Date'], ',']);
      expect((await all(each)).map(({ line, cells }) => [line, cells])).toEqual([[4, ['T-1', '2026-11-21']]]);
    }
  });

  test('without a header, and maps and keys that are wrong, say so', async () => {
    expect(await bring(await file('empty.csv', ''), 'till')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/no header/),
    });
    const map = await file('map.json', '{"event":"X","properties":{"total":{"from":"$.t","as":"money"}}}');
    const path = await file('x.csv', 'a\n1\n');
    expect(await bring(path, map)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/properties.total.as must be text, number/),
    });
    const wrongKey = await run(path, '--map', 'till', '--url', server.url, '--secret-key', 'wk');
    expect(wrongKey).toMatchObject({
      code: 1,
      err: expect.stringMatching(/1 of 1 rows were not taken/),
      summary: { rejected: 1 },
    });
    const row = await file('y.csv', 'receipt_id,date\nA,2026-11-20\n');
    expect(await run(row, '--map', 'till', '--url', server.url, '--secret-key', 'wk')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/does not know this secret key/),
    });
  });
});
