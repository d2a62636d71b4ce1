import { createReadStream } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  type AttributePathsOptions,
  attributeTable,
  BadQuery,
  BadRow,
  type DecimalMark,
  PATH_FORMATS,
  PATH_MODEL_NAMES,
  type PathAttribution,
  type PathCredit,
  type PathFormat,
  type PathModelName,
  readPaths,
  toCsv,
} from '../../report/index.js';
import { sayFileError } from '../file-error.js';
import { failure, type Output, type Surroundings } from './options.js';
import { textTable } from './table.js';

interface AttributeOptions extends AttributePathsOptions {
  model: PathModelName;
  format?: 'table' | 'csv' | 'json';
  input?: PathFormat;
  separator?: string;
  delimiter?: string;
  decimal?: DecimalMark;
  journeys?: boolean;
  halfLife?: number;
}

const EXAMPLES = `
Examples:
  $ filrouge attribute paths.csv --model markov --order 2
  $ filrouge attribute paths.csv --model shapley --game rate --format json
  $ filrouge attribute paths.csv --model position --weights 50,20,30 --format csv > credits.csv
  $ zcat paths.ndjson.gz | filrouge attribute - --model data-driven --bootstrap 200

The file is CSV with a header, NDJSON, or a JSON list of rows:
  path,conversions,value,nulls
  ad > mail > direct,3,120.50,7

path          channels, oldest touch first, with > (or --separator) between them, or a list as JSON or Python write it
conversions   journeys of this path that converted, or true and false of one journey
value         what these conversions brought together; optional
nulls         journeys of this path without conversion; optional
times         when each touch happened, ISO 8601 or milliseconds, for time-decay; optional
hours_before  instead: how many hours before the conversion; optional
occurrences   how many journeys the row stands for, where conversions are true or false; optional

The column names and files of R's ChannelAttribution, of MAM, mta, pychattr, Fractribution, dbt-snowplow-fractribution
and of Google Analytics' Top Conversion Paths are understood as they are. Touches in rows of their own must be put
together first, e.g. with DuckDB:
  SELECT string_agg(channel, ' > ' ORDER BY time) AS path, string_agg(time::TEXT, ' > ' ORDER BY time) AS times,
    max(conversion) AS conversions, 1 - max(conversion) AS nulls, sum(conversion_value) AS value
  FROM 'touches.csv' GROUP BY cookie

Attribution divides the conversions that were observed. It does not say what would have happened without a channel.`;

/** Adds `filrouge attribute`. Without --format: a table for a person, JSON for a pipe. */
export function addAttribute(program: Command, output: Surroundings): void {
  const whole = (value: string): number => {
    if (!/^\d+$/.test(value)) throw new InvalidArgumentError('It must be a whole number.');
    return Number(value);
  };
  program
    .command('attribute')
    .description('divide the conversions of a file of paths among channels')
    .argument('<file>', 'CSV, NDJSON or a JSON list; - reads standard input')
    .addOption(new Option('--model <model>', 'attribution model').choices(PATH_MODEL_NAMES).makeOptionMandatory())
    .option('--order <n>', 'markov: how many channels back the next step depends on, 1 to 4 (default 1)', whole)
    .option('--weights <numbers>', 'position: first,between,last; w-shaped: first,lead,last,others', parseNumbers)
    .option('--half-life <days>', 'time-decay: days after which a touch counts half (default 7)', parseNumber)
    .option('--direct <channel>', 'last-non-direct: a channel of direct visits (repeatable; default Direct)', addTo)
    .addOption(
      new Option('--game <game>', 'shapley: what a coalition is worth').choices(['conversions', 'rate', 'coalitions']),
    )
    .option('--samples <n>', 'shapley, rate game, more than 15 channels: orders of joining to draw', whole)
    .option('--bootstrap <rounds>', 'give intervals from so many resampled rounds, e.g. 200', whole)
    .option('--level <share>', 'of the intervals (default 0.95)', parseNumber)
    .option('--seed <n>', 'of sampling and intervals (default 1)', whole)
    .option('--collapse', 'take consecutive touches of one channel as one')
    .option('--unique', 'take only the first touch of each channel')
    .option('--separator <text>', 'between the channels of a path (default " > ", or the arrow that a path has)')
    .option('--delimiter <text>', 'between the cells of a CSV (default: found out from the header)')
    .addOption(
      new Option('--decimal <mark>', 'before decimals in a CSV (default: found out, where numbers show it)').choices([
        '.',
        ',',
      ]),
    )
    .option('--journeys', 'each row is one journey: 0 conversions are one without')
    .addOption(new Option('--input <format>', 'form of the file (default: found out)').choices(PATH_FORMATS))
    .addOption(
      new Option('--format <format>', 'form of the output; default table on a terminal, else json').choices([
        'table',
        'csv',
        'json',
      ]),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, options: AttributeOptions) => {
      const format = options.format ?? (output.isTerminal ? 'table' : 'json');
      try {
        await run(file, { ...options, format }, output);
      } catch (error) {
        if (error instanceof BadQuery) throw failure(error.message, 2);
        if (error instanceof BadRow) throw failure(`${file === '-' ? 'standard input' : file}: ${error.message}`);
        throw error;
      }
    });
}

async function run(file: string, options: AttributeOptions, output: Output): Promise<void> {
  const { model, format, input, separator, delimiter, decimal, journeys, halfLife, ...rest } = options;
  // Before the file: a wrong option should not cost the time to read it.
  const settings = { ...rest, halfLifeDays: halfLife, transitions: format === 'json' };
  attributeTable((await readPaths(nothing(), { format: 'ndjson' })).table, model, {
    ...settings,
    bootstrap: undefined,
  });
  const shape = { format: input, separator, delimiter, decimal, journeys };
  const { table, notices } = await readPaths(textOf(file), { ...rest, ...shape });
  const found = attributeTable(table, model, settings);
  if (format === 'json')
    output.out(`${JSON.stringify({ ...found, notices: [...notices, ...found.notices] }, null, 2)}\n`);
  else output.out(format === 'csv' ? toCsv(found.rows, COLUMNS) : textTable(forPeople(found)));
  if (format !== 'json') for (const notice of [...notices, ...found.notices]) output.err(`Note: ${notice}\n`);
}

/** Of every model; a file without paths has them, too. */
const COLUMNS = ['channel', 'conversions', 'value', 'share'];

async function* nothing(): AsyncGenerator<string> {
  // An empty file: only the options are tried on it.
}

async function* textOf(file: string): AsyncGenerator<string> {
  const stream: AsyncIterable<Uint8Array> = file === '-' ? process.stdin : createReadStream(file);
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  try {
    for await (const chunk of stream) {
      decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true, ignoreBOM: true });
      yield decoder.decode(chunk, { stream: true });
    }
    if (decoder) yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw failure(`${file} is not UTF-8 text; save it as such ("CSV UTF-8" in Excel).`);
    throw failure(`${file} cannot be read: ${sayFileError(error)}`);
  }
}

/** Excel's "Unicode text" is UTF-16, and says so with a byte order mark. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

/** Rows with as many decimals as a person reads. */
function forPeople({ rows, totals }: PathAttribution) {
  const figures = (row: PathCredit) => {
    const { channel, conversions, value, share, interval, positions: _, ...rest } = row;
    const low = interval && { from: interval.conversions.low.toFixed(4), to: interval.conversions.high.toFixed(4) };
    const more = Object.entries(rest).map(([name, figure]) => [
      name,
      typeof figure === 'number' ? figure.toFixed(4) : '',
    ]);
    return {
      channel,
      conversions: conversions.toFixed(4),
      ...low,
      share: share === null ? '' : share.toFixed(4),
      value: value.toFixed(4),
      ...Object.fromEntries(more),
    };
  };
  return {
    rows: rows.map(figures),
    totals: { channel: '', conversions: totals.conversions.toFixed(4), value: totals.value.toFixed(4) },
  };
}

function addTo(value: string, others: string[] = []): string[] {
  return [...others, value];
}

function parseNumber(value: string): number {
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) throw new InvalidArgumentError('It must be a number.');
  return number;
}

function parseNumbers(value: string): number[] {
  return value.split(',').map(parseNumber);
}
