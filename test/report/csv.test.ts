import { describe, expect, it } from 'vitest';
import { toCsv } from '../../src/report/http/csv.js';

describe('toCsv', () => {
  it('writes all fields of all rows, nested ones by path, lists joined, null empty', () => {
    const rows = [
      { channel: 'Email', models: { linear: { revenue: 1.5 } }, rate: null },
      { path: ['Email', 'Direct'], models: { linear: { revenue: -2 } } },
    ];
    expect(toCsv(rows)).toBe('channel,models.linear.revenue,rate,path\r\nEmail,1.5,,\r\n,-2,,Email > Direct\r\n');
  });

  it('has the parts of a figure in the place of the figure, where some row has none', () => {
    const rows = [
      { channel: 'a', interval: null, n: 1 },
      { channel: 'b', interval: { low: 1, high: 2 }, n: 9 },
    ];
    expect(toCsv(rows)).toBe('channel,interval.low,interval.high,n\r\na,,,1\r\nb,1,2,9\r\n');
    expect(toCsv([...rows].reverse())).toBe('channel,interval.low,interval.high,n\r\nb,1,2,9\r\na,,,1\r\n');
    expect(toCsv(rows.slice(0, 1))).toBe('channel,interval,n\r\na,,1\r\n');
  });

  it('has names that are no path without its arrow', () => {
    expect(toCsv([{ kinds: ['click', 'visit'], positions: [1, 0.5] }])).toBe(
      'kinds,positions\r\nclick + visit,1 0.5\r\n',
    );
  });

  it('quotes commas, quotes and line ends', () => {
    expect(toCsv([{ a: 'x,y', b: 'say "hi"', c: 'one\ntwo' }])).toBe('a,b,c\r\n"x,y","say ""hi""","one\ntwo"\r\n');
  });

  it.each(['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('defuses %j', (campaign) => {
    const written = toCsv([{ campaign }]).split('\r\n').slice(1).join('\r\n');
    expect(written.replace(/^"/, '')).toMatch(/^'/);
  });

  it('defuses column names and the first element of a path too', () => {
    expect(toCsv([{ '=a': 1 }])).toBe("'=a\r\n1\r\n");
    expect(toCsv([{ path: ['=a', 'b'] }])).toBe("path\r\n'=a > b\r\n");
  });

  it('leaves harmless text and numbers alone', () => {
    expect(toCsv([{ a: 'a=b', b: -5, c: 'Noël' }])).toBe('a,b,c\r\na=b,-5,Noël\r\n');
  });
});
