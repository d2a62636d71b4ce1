import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../../src/server/program.js';
import { freshDirectory } from '../files.js';

let directory: string;
beforeEach(async () => {
  directory = freshDirectory();
});

const PATHS = `path,total_conversions,total_conversion_value,total_null
c1 > c2 > c3,1,50,0
c1,0,0,1
c2 > c3,0,0,1
`;

/** Runs `filrouge attribute` on a file with this text. */
async function attribute(args: string[], text: string | Uint8Array = PATHS, isTerminal = false) {
  const file = join(directory, 'paths.csv');
  await writeFile(file, text);
  let [out, err] = ['', ''];
  const code = await runCommand(['attribute', file, ...args], {
    out: (more) => void (out += more),
    err: (more) => void (err += more),
    isTerminal,
    untilStopped: async () => {},
  });
  return { code, out, err };
}

describe('filrouge attribute', () => {
  it('prints JSON for a pipe: rows, totals, details', async () => {
    const { code, out, err } = await attribute(['--model', 'markov', '--order', '2']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const found = JSON.parse(out);
    expect(found).toMatchObject({ model: 'markov', totals: { paths: 3, conversions: 1, value: 50, nulls: 2 } });
    expect(found.details).toMatchObject({ order: 2, conversionProbability: 1 / 3 });
    expect(found.details.transitions).toContainEqual({ from: ['c1'], to: 'null', journeys: 1, probability: 0.5 });
  });

  it('prints a table for a person', async () => {
    const { out } = await attribute(['--model', 'markov'], PATHS, true);
    expect(out.split('\n').map((line) => line.split(/ {2,}/).slice(0, 5))).toEqual(
      expect.arrayContaining([
        ['channel', 'conversions', 'share', 'value', 'removalEffect'],
        ['c1', '0.2000', '0.2000', '10.0000', '0.5000'].map((cell) => expect.stringContaining(cell)),
      ]),
    );
  });

  it('prints CSV with intervals, and notes apart', async () => {
    const { code, out, err } = await attribute(
      ['--model', 'data-driven', '--format', 'csv', '--bootstrap', '20'],
      'path,conversions,remark\na > b,4,\n',
    );
    expect(code).toBe(0);
    expect(out.split('\r\n')[0]).toBe(
      'channel,conversions,value,share,probability,contribution,interval.conversions.low,interval.conversions.high,interval.value.low,interval.value.high,interval.share.low,interval.share.high',
    );
    expect(err).toContain('not used: remark');
    expect(err).toContain('without conversion');
  });

  it('knows direct visits by the names of Google and HubSpot, or by those it is told', async () => {
    const text = 'path,conversions\ngoogle / cpc > (direct) / (none),1\nads > Direct Traffic > typed > app,1\n';
    const credited = async (...args: string[]) => {
      const { out } = await attribute(['--model', 'last-non-direct', ...args], text);
      const { rows }: { rows: { channel: string; conversions: number }[] } = JSON.parse(out);
      return rows.flatMap(({ channel, conversions }) => (conversions ? channel : [])).sort();
    };
    expect(await credited()).toEqual(['app', 'google / cpc']);
    expect(await credited('--direct', 'typed', '--direct', 'app')).toEqual(['(direct) / (none)', 'Direct Traffic']);
  });

  it('prints the header of CSV for a file without paths', async () => {
    const { out } = await attribute(['--model', 'markov', '--format', 'csv'], 'path,conversions\n');
    expect(out).toBe('channel,conversions,value,share\r\n');
  });

  it('takes the options of every model', async () => {
    const all =
      '--order 2 --weights 1,1,1 --half-life 3 --game rate --samples 10 --seed 4 --level 0.8 --collapse --unique';
    for (const model of ['position', 'time-decay', 'shapley', 'linear'])
      expect(await attribute(['--model', model, ...all.split(' ')])).toMatchObject({ code: 0 });
    const { out } = await attribute(['--model', 'position', '--weights', '1,0,3'], 'path,conversions\na > b > c,4\n');
    expect(JSON.parse(out).rows).toMatchObject([
      { channel: 'c', conversions: 3 },
      { channel: 'a', conversions: 1 },
      { channel: 'b', conversions: 0 },
    ]);
  });

  it.each([
    [[], 'required option'],
    [['--model', 'magic'], 'Allowed choices are first, last,'],
    [['--model', 'markov', '--order', '5'], '"order" is 5'],
    [['--model', 'markov', '--order', 'two'], 'whole number'],
    [['--model', 'position', '--weights', '1,x'], 'number'],
    [['--model', 'position', '--weights', '1'], '"weights"'],
    [['--model', 'linear', '--bootstrap', '0'], '"bootstrap"'],
    [['--model', 'linear', '--frobnicate'], 'unknown option'],
  ])('called with %j exits 2', async (args, says) => {
    const { code, out, err } = await attribute(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
  });

  it('says the line of what is wrong in a file, and exits 1', async () => {
    expect(await attribute(['--model', 'last'], 'path,conversions\na,1\nb,-1\n')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('paths.csv: Line 3: "conversions" is -1'),
    });
    expect(await attribute(['--model', 'last'], Buffer.from('path,conversions\nRéseau,1\n', 'latin1'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('not UTF-8'),
    });
  });

  it('reads what Excel calls Unicode text: UTF-16 with tabs', async () => {
    const text = Buffer.from('\uFEFFpath\tconversions\r\nRéseau > b\t2\r\n', 'utf16le');
    const { out } = await attribute(['--model', 'first', '--format', 'csv'], text);
    expect(out.split('\r\n')[1]).toBe('Réseau,2,0,1');
  });

  it('has help with examples', async () => {
    const { code, out } = await attribute(['--help']);
    expect(code).toBe(0);
    expect(out).toContain('$ filrouge attribute paths.csv --model markov --order 2');
  });

  it('reads standard input, in a process of its own', async () => {
    const cli = fileURLToPath(new URL('../../dist/server/cli.js', import.meta.url));
    const child = spawn(process.execPath, [cli, 'attribute', '-', '--model', 'markov', '--format', 'csv']);
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => void (out += text));
    child.stdin.end(PATHS);
    expect((await once(child, 'close'))[0]).toBe(0);
    expect(out).toContain('c1,0.2,10,0.2,0.5,0.5');
  });

  it('names a file that is not there', async () => {
    let err = '';
    const surroundings = { out: () => {}, isTerminal: false, untilStopped: async () => {} };
    const code = await runCommand(['attribute', join(directory, 'none.csv'), '--model', 'last'], {
      ...surroundings,
      err: (text) => void (err += text),
    });
    expect(code).toBe(1);
    expect(err).toContain('none.csv cannot be read');
  });
});
