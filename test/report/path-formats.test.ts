import { describe, expect, it } from 'vitest';
import { attributeTable, BadQuery, BadRow, type ReadPathsOptions, readPaths } from '../../src/report/index.js';

async function read(text: string, options: ReadPathsOptions = {}) {
  async function* chunks() {
    for (let at = 0; at < text.length; at += 11) yield text.slice(at, at + 11);
  }
  const { table, notices } = await readPaths(chunks(), options);
  const { rows, totals } = attributeTable(table, 'linear');
  const credits = rows.map(({ channel, conversions }) => [channel, Number(conversions.toFixed(9))]);
  return { table, totals, notices, credits: Object.fromEntries(credits) };
}

const UNUSED = expect.stringContaining('not used');

// Headers and first lines as these programs write or document them.
describe('files that other programs leave', () => {
  it.each([
    {
      of: 'R, write.csv of ChannelAttribution’s Data, with NA where a join found nothing',
      text: '"","path","total_conversions","total_conversion_value","total_null"\n"1","eta > iota",3,0.244,NA\n"2","eta",NA,NA,4\n',
      totals: { conversions: 3, value: 0.244, nulls: 4 },
      credits: { eta: 1.5, iota: 1.5 },
    },
    {
      of: 'google/fractribution, tests/example_path_summary.csv',
      text: 'path,total_conversions,total_non_conversions\nB,596,36462\nA,477,135201\nB > C,12,391\n',
      totals: { conversions: 1085, value: 0, nulls: 172_054 },
      credits: { B: 602, A: 477, C: 6 },
    },
    {
      // Its own model gives Direct and Organic_Search 0.541 and 0.459 of that last path; linear halves.
      of: 'snowplow/dbt-snowplow-fractribution, path_summary_expected',
      text: 'REVENUE,CONVERSIONS,NON_CONVERSIONS,TRANSFORMED_PATH\n94.42,3,25,Direct\n,0,1,Referral > Direct\n140,1,1,Organic_Search > Direct\n',
      totals: { conversions: 4, value: expect.closeTo(234.42, 10), nulls: 27 },
      credits: { Direct: 3.5, Organic_Search: 0.5, Referral: 0 },
    },
    {
      of: 'MAM (DP6), DataFrame.to_csv, journeys',
      text: ',journey_id,channels_agg,time_till_conv_agg,converted_agg,conversion_value\n2,id:0_J:10,Google Search > Organic > Email Marketing,72.0 > 24.0 > 0.0,True,1\n3,id:1_J:0,Direct,0.0,False,0\n',
      totals: { conversions: 1, value: 1, nulls: 1 },
      credits: { 'Google Search': 0.333333333, Organic: 0.333333333, 'Email Marketing': 0.333333333, Direct: 0 },
      notices: [UNUSED],
    },
    {
      of: 'MAM 2, grouped journeys',
      text: 'journey,conversion,occurrences\nA > B > C,True,2\nA > C,True,1\nB > B,False,5\n',
      totals: { conversions: 3, nulls: 5 },
      credits: { A: 1.166666667, C: 1.166666667, B: 0.666666667 },
    },
    {
      of: 'pychattr, readme',
      text: 'path,conversions,revenue,cost\nA >>> B >>> A >>> B >>> B >>> A,1,1,1\nA >>> A,1,1,1\n',
      totals: { conversions: 2, value: 2 },
      credits: { A: 1.5, B: 0.5 },
      notices: [UNUSED],
    },
    {
      of: 'Google Analytics, Top Conversion Paths: remarks, totals, a second table',
      text: '# ------\n# All Web Site Data\n# 20200101-20200131\n# ------\n\nMCF Channel Grouping Path,Conversions,Conversion Value\nDirect > Organic Search,"1,234","$10,234.50"\nDirect,12,$0.00\n,"1,246","$10,234.50"\n\nDay Index,Conversions\n1/1/20,"1,246"\n',
      totals: { paths: 2, conversions: 1246, value: 10_234.5 },
      credits: { Direct: 629, 'Organic Search': 617 },
      notices: [
        'The column "MCF Channel Grouping Path" was taken for the path.',
        'Only the first table was read; there is another one from line 11.',
        expect.stringContaining('Line 9 was left out'),
      ],
    },
    {
      of: 'pandas, lists in cells',
      text: `path,conversions\n"['a', ""it's, b"", 'c > d']",3\n[],1\n"[""e"", ""f\\u00e9""]",2\n`,
      totals: { conversions: 6 },
      credits: { a: 1, "it's, b": 1, 'c > d': 1, '(none)': 1, e: 1, fé: 1 },
      notices: [expect.stringContaining('"c > d"')],
    },
    {
      of: 'Excel, French',
      text: 'sep=;\r\nPath;Total conversions;Conversion value\r\n"e-mail > sea";1 234;1 234,50 €\r\nsea;1;12,5;\r\n;;\r\n',
      totals: { conversions: 1235, value: 1247 },
      credits: { 'e-mail': 617, sea: 618 },
    },
    {
      of: 'a database, with names in camel case, divided by bars, its way of saying nothing',
      text: 'path|totalConversions|totalConversionValue|totalNull\na > b|2|\\N|NULL\nb|1|7|3\n',
      totals: { conversions: 3, value: 7, nulls: 3 },
      credits: { a: 1, b: 2 },
    },
    {
      of: 'names that people give, in the words of their warehouse',
      text: 'Customer Journey,Conversion Count,Not Converted,Revenue\na > b,2,3,10\nb,0,1,0\n',
      totals: { conversions: 2, value: 10, nulls: 4 },
      credits: { a: 1, b: 1 },
    },
    {
      of: 'spaces after commas',
      text: '"path", "conversions" ,"value"\n"a, b > c" , 4, "2"\n',
      totals: { conversions: 4, value: 2 },
      credits: { 'a, b': 2, c: 2 },
    },
  ])('$of', async ({ text, totals, credits, notices = [] }) => {
    const found = await read(text);
    expect(found.credits).toEqual(credits);
    expect(found.totals).toMatchObject(totals);
    expect(found.notices).toEqual(notices);
  });

  it('time till the conversion, in hours, is a time', async () => {
    const text = 'channels_agg,time_till_conv_agg,converted_agg\na > b > c,336.0 > 168.0 > 0.0,True\n';
    const { rows, notices } = attributeTable((await read(text)).table, 'time-decay');
    expect(notices).toEqual([]);
    expect(rows.map(({ channel, share }) => [channel, Number(share?.toFixed(12))])).toEqual(
      [4, 2, 1].map((part, i) => ['cba'[i], Number((part / 7).toFixed(12))]),
    );
  });
});

it('a file may be one text, a list of texts, or a stream', async () => {
  for (const file of ['path,conversions\na,1\n', ['path,conv', 'ersions\na,1\n']])
    expect((await readPaths(file)).table.size).toBe(1);
});

describe('rows that are single journeys', () => {
  const text = 'path,converted\na > b,1\na,0\nb,0\n';

  it('0 and 1 may be counts: that is asked, and said with --journeys', async () => {
    const counted = await read(text);
    expect(counted.totals).toMatchObject({ conversions: 1, nulls: 0 });
    expect(counted.notices).toEqual([expect.stringContaining('--journeys')]);
    const said = await read(text, { journeys: true });
    expect(said).toMatchObject({ totals: { conversions: 1, nulls: 2 }, notices: [] });
    expect((await read('path,conversions,nulls\na,1,0\nb,0,4\n')).notices).toEqual([]);
  });

  it('true and false are not, in JSON neither', async () => {
    expect((await read(text.replaceAll('1', 'TRUE').replaceAll('0', 'FALSE'))).totals).toMatchObject({ nulls: 2 });
    const json = '{"path":["a","b"],"converted":true}\n{"path":["a"],"converted":false,"occurrences":3}\n';
    expect((await read(json)).totals).toMatchObject({ conversions: 1, nulls: 3 });
  });
});

describe('what would be read wrongly without a word', () => {
  it('a row of totals in the end is left out, an empty path elsewhere or with another count is not', async () => {
    expect((await read('path,conversions\na,1\nb,2\n,3\n')).totals.conversions).toBe(3);
    expect((await read('path,conversions\na,1\nb,2\n,3\nc,1\n')).credits).toMatchObject({ '(none)': 3, c: 1 });
    expect((await read('path,conversions\na,1\nb,2\n,4\n')).credits).toMatchObject({ '(none)': 4 });
    expect((await read('path,conversions\na,1\n,1\n')).credits).toMatchObject({ '(none)': 1 });
  });

  it.each(['start > a > b > conversion', '(start) > a', 'a > b > null', 'a > (conversion)'])(
    'says of %j that the ends of a chain are no channels',
    async (path) => {
      expect((await read(`path,conversions\n${path},1\n`)).notices).toEqual([expect.stringContaining('as a step')]);
    },
  );
});

describe('numbers', () => {
  const value = async (cells: string[], options?: ReadPathsOptions) =>
    (await read(`path;conversions;value\n${cells.map((cell) => `a > b;1;${cell}\n`).join('')}`, options)).totals.value;

  it.each([
    ['1234.5', 1234.5],
    ['1,234.50', 1234.5],
    ['1.234,50', 1234.5],
    ['1 234,50', 1234.5],
    ['1\u202f234\u00a0€', 1234],
    ["CHF is no sign, but 1'234.50 is a number", undefined],
    ["1'234.50", 1234.5],
    ['-$1,234.50', -1234.5],
    ['£ 12', 12],
    ['1,234,567', 1_234_567],
    ['1.234.567', 1_234_567],
    ['0,125', 0.125],
    ['12,5', 12.5],
    ['1e3', 1000],
    ['-.5', -0.5],
    ['1,23,456', undefined],
    ['1,2.3,4', undefined],
    ['12 34', undefined],
    ['0x10', undefined],
    ['1.2.3', undefined],
  ])('%s is %s', async (text, number) => {
    if (number === undefined) await expect(value([text])).rejects.toThrow(BadRow);
    else expect(await value([text])).toBe(number);
  });

  it('1,234 is refused until another number shows what it is, or --decimal says it', async () => {
    await expect(value(['1,234'])).rejects.toThrow('Line 2: "1,234" may be a thousand or not; say which mark');
    expect(await value(['1,234'], { decimal: '.' })).toBe(1234);
    expect(await value(['1,234'], { decimal: ',' })).toBe(1.234);
    expect(await value(['0.50', '1,234'])).toBe(1234.5);
    expect(await value(['0,5', '1,234'])).toBe(1.734);
    expect((await read('path,conversions,value\na,"1,234","5.50"\n')).totals.conversions).toBe(1234);
    await expect(value(['1,5', '1.5', '1,234'])).rejects.toThrow('may be a thousand');
  });

  it('1.234 is a decimal, as programs write it, but in a file of decimal commas', async () => {
    expect(await value(['1.234'])).toBe(1.234);
    expect(await value(['0,5', '1.234'])).toBe(1234.5);
    await expect(value(['1.234', '0,5'])).rejects.toThrow('Line 2: "1.234" may be a thousand');
    expect(await value(['1.234', '0,5'], { decimal: ',' })).toBe(1234.5);
    await expect(value(['12.5'], { decimal: ',' })).rejects.toThrow('"value" is "12.5"');
  });

  it('takes no other mark for decimals', async () => {
    await expect(value(['1'], { decimal: ';' as ',' })).rejects.toThrow(BadQuery);
  });
});
