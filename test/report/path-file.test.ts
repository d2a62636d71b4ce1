import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributeTable, BadRow, readPaths } from '../../src/report/index.js';
import { readCsv } from '../../src/report/path-file/csv-reader.js';

/** A file that comes in pieces of `size` characters. */
async function* pieces(text: string, size = 7): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

const fail = (line: number, message: string) => new Error(`${line}: ${message}`);

async function records(text: string, size?: number, delimiter?: string) {
  const found = [];
  for await (const { line, cells } of readCsv(pieces(text, size), { fail, delimiter })) found.push({ line, cells });
  return found;
}

describe('CSV', () => {
  it('reads quotes, delimiters and line ends in cells, CRLF and LF, and tells the line', async () => {
    expect(await records('\uFEFFa,b\r\n"x, ""y""\nz",1\n\n,\r\nlast,2')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['x, "y"\nz', '1'] },
      { line: 5, cells: ['', ''] },
      { line: 6, cells: ['last', '2'] },
    ]);
  });

  it('finds the delimiter in the header', async () => {
    expect((await records('"a,b";c\n1;2')).map(({ cells }) => cells)).toEqual([
      ['a,b', 'c'],
      ['1', '2'],
    ]);
    expect((await records('a\tb\n1\t2')).map(({ cells }) => cells)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
    expect((await records('a|b\n1|2', 3, '|')).map(({ cells }) => cells)).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('finds it in a header with line ends, too, as spreadsheets have them', async () => {
    const table = await records('"path\n(channels, in order)";"conversions"\n"a > b";3');
    expect(table).toEqual([
      { line: 1, cells: ['path\n(channels, in order)', 'conversions'] },
      { line: 3, cells: ['a > b', '3'] },
    ]);
  });

  it('takes spaces around cells for nothing, and a character of two units for one', async () => {
    expect((await records('a , "b"\n  ,\n "😀" ,1\n', 1)).map(({ cells }) => cells)).toEqual([
      ['a', 'b'],
      ['', ''],
      ['😀', '1'],
    ]);
  });

  it('names the line on which a broken record begins, whatever was in front of it', async () => {
    const long = `a,b\r\n"x\r\ny",1\r\n\r\n${'z,2\n'.repeat(5000)}`;
    const read: number[] = [];
    const reading = async () => {
      for await (const { line } of readCsv(pieces(`${long}z,"2"3\nlast,1\n`, 4096), { fail })) read.push(line);
    };
    await expect(reading()).rejects.toThrow('5005: after a closing quote');
    expect(read).toHaveLength(5002);
    expect(read.at(-1)).toBe(5004);
  });

  it.each([
    ['a,b\n1,"2', '2: a quote is opened'],
    ['"a,b\n1,2', '1: a quote is opened'],
    ['a,b\n1,x"2"', '2: a quote stands inside'],
    ['a,b\n1,"2"3', '2: after a closing quote'],
  ])('refuses %j', async (text, message) => {
    await expect(records(text)).rejects.toThrow(message);
  });

  it('reads back whatever was written by the rules, however it is cut into pieces', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', ' ', ';', '>', 'é'), maxLength: 8 });
    const table = fc
      .integer({ min: 2, max: 4 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }));
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 9 }), fc.boolean(), async (rows, size, crlf) => {
        const text = rows
          .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
          .join(crlf ? '\r\n' : '\n');
        expect((await records(text, size, ',')).map(({ cells }) => cells)).toEqual(rows);
      }),
    );
  });
});

const linear = async (text: string, options = {}) => {
  const { table, notices } = await readPaths(pieces(text), options);
  const { rows, totals } = attributeTable(table, 'linear');
  return {
    credits: Object.fromEntries(rows.map(({ channel, conversions }) => [channel, conversions])),
    totals,
    notices,
  };
};

describe('files of paths', () => {
  it('takes the columns of the R package ChannelAttribution as they are, with the row names of write.csv', async () => {
    const text =
      '"","path","total_conversions","total_conversion_value","total_null"\n"1","eta > iota > eta",3,1.5,4\n"2","eta",1,0.25,0\n';
    expect(await linear(text)).toEqual({
      credits: { eta: 3, iota: 1 },
      totals: { paths: 2, conversions: 4, value: 1.75, nulls: 4 },
      notices: [],
    });
    expect((await linear(text.replaceAll(',', ';'))).totals).toMatchObject({ conversions: 4, value: 1.75 });
  });

  it('takes our own names, in any order, and says which columns it did not use', async () => {
    const { totals, notices } = await linear(
      'Nulls,note,Path,conversion_value,conversions\n2,x,a > b,9.5,1\n,y,a,,2\n',
    );
    expect(totals).toEqual({ paths: 2, conversions: 3, value: 9.5, nulls: 2 });
    expect(notices).toEqual(['Columns that were not used: note.']);
  });

  it('takes a decimal comma', async () => {
    const found = await linear('path;conversions;revenue\r\n"a > b";1,5;12,25\r\na;2;1,5000\r\n');
    expect(found.totals).toMatchObject({ conversions: 3.5, value: 13.75 });
  });

  it('takes NDJSON with lists or texts', async () => {
    const text = '{"path":["a","b > c"],"conversions":2}\n\n{"path":"a > b","total_conversions":1,"total_null":null}\n';
    expect((await linear(text)).credits).toEqual({ a: 1.5, 'b > c': 1, b: 0.5 });
  });

  it('takes times, ISO or milliseconds', async () => {
    const text = 'path,conversions,times\na > b,3,2026-11-01 > 2026-11-08\na > b,3,0 > 604800000\n';
    const { table } = await readPaths(pieces(text));
    expect(attributeTable(table, 'time-decay')).toMatchObject({
      rows: [
        { channel: 'b', conversions: 4 },
        { channel: 'a', conversions: 2 },
      ],
      notices: [],
    });
  });

  it('takes any separator; spaces around names do not count', async () => {
    expect((await linear('path,conversions\na>b >c,3\n', { separator: '>' })).credits).toEqual({ a: 1, b: 1, c: 1 });
    expect((await linear('path,conversions\na >>> b >>> a,3\n', { separator: '>>>' })).credits).toEqual({ a: 2, b: 1 });
  });

  it.each(['>', ' >', '>>>', '->', ' -> ', ' => ', '→', ' → ', ' ⇒ ', ' » ', ' › '])(
    'takes the arrow %j for what it is',
    async (arrow) => {
      const { credits, notices } = await linear(`path,conversions\na${arrow}b${arrow}c,3\nd,1\n`);
      expect({ credits, notices }).toEqual({ credits: { a: 1, b: 1, c: 1, d: 1 }, notices: [] });
    },
  );

  it('takes one list of rows as JSON', async () => {
    const rows = [
      { path: ['a', 'b'], conversions: 2 },
      { path: 'a > b', total_conversions: 1, total_null: 4 },
    ];
    const found = await linear(`\uFEFF\n${JSON.stringify(rows, null, 2)}`);
    expect(found).toMatchObject({ credits: { a: 1.5, b: 1.5 }, totals: { nulls: 4 }, notices: [] });
  });

  it('does not take a whole path for a channel because of the separator', async () => {
    expect((await linear('path,conversions\na|b,3\n')).notices).toEqual([expect.stringContaining('"a|b"')]);
    expect((await linear('path,conversions\n"a, b",3\n')).notices).toEqual([expect.stringContaining('"a, b"')]);
    expect((await linear('path,conversions\na|b > c,3\n')).notices).toEqual([]);
    const { notices } = await linear('path,conversions\na>b > c,3\n');
    expect(notices).toEqual([expect.stringContaining('"a>b"')]);
    expect((await linear('path,conversions\na>b,3\n', { separator: ' > ' })).credits).toEqual({ 'a>b': 3 });
  });

  it.each([
    ['', 'Line 1', 'empty'],
    ['way,conversions\na,1\n', 'Line 1', 'no column path'],
    ['path,nulls\na,1\n', 'Line 1', 'no column conversions or total_conversions; it has "path", "nulls"'],
    ['path,conversions,total_conversions\na,1,1\n', 'Line 1', 'the same thing'],
    ['path,conversions\na > b,1\na > b\n', 'Line 3', 'there are 1 cells; the header has 2'],
    ['path,conversions\na > b,1,2\n', 'Line 2', 'there are 3 cells; the header has 2'],
    ['path,conversions\na > b,1\n"a\n > b",1.5.2\n', 'Line 3', '"conversions" is "1.5.2"'],
    ['path,conversions\na,\n', 'Line 2', '"conversions" is missing'],
    ['path,conversions\na,-1\n', 'Line 2', '"conversions" is -1'],
    ['path,conversions,nulls\na,1,many\n', 'Line 2', '"nulls" is "many"'],
    ['cookie,channel,conversion\n1,Email,0\n', 'Line 1', 'A row holds a whole path'],
    ['path,conversions\ra > b,1\r', 'Line 1', 'CR alone'],
    ['path,converted,occurrences\na,true,2\nb,3,2\n', 'Line 3', 'true or false'],
    ['path,converted,occurrences\na,true,-2\n', 'Line 2', '"conversions" is -2'],
    ['path,conversions\na >  > b,1\n', 'Line 2', 'non-empty'],
    ['path,conversions\na > b,1\na > b > ,1\n', 'Line 3', 'non-empty'],
    ['path,conversions\n> a > b,1\n', 'Line 2', 'non-empty'],
    ['path,conversions\n"a > b >",1\n', 'Line 2', 'non-empty'],
    ['{"path":"a > b > ","conversions":1}\n', 'Line 1', 'non-empty'],
    ['path,conversions,times\na > b,1,2026-11-01\n', 'Line 2', '2 times'],
    ['{"path":["a"],"conversions":1}\n{"path":\n', 'Line 2', 'not JSON'],
    ['{"path":["a"],"conversions":1}\n[1]\n', 'Line 2', 'not a JSON object'],
    ['{"path":["a"],"conversions":1,"total_conversions":2}', 'Line 1', 'says again'],
    ['{"path":["a"]}', 'Line 1', '"conversions" is missing'],
    ['[{"path":["a"],"conversions":1},{"path":["a"]}]', 'Row 2', '"conversions" is missing'],
    ['[{"path":["a"],"conversions":1}', 'File', 'not JSON'],
    ['["a > b"]', 'Row 1', 'not a JSON object'],
  ])('refuses %j, naming the line', async (text, place, message) => {
    const error = await linear(text).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(BadRow);
    expect(error).toMatchObject({ place });
    expect(String(error)).toContain(message);
  });

  it('takes a header alone, and an empty path', async () => {
    expect(await linear('path,conversions\n')).toMatchObject({ credits: {}, totals: { paths: 0 } });
    expect((await linear('path,conversions\n,2\n')).credits).toEqual({ '(none)': 2 });
  });
});
