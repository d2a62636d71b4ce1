import { type Command, Option } from 'commander';
import { REPORT_NAMES } from '../../report/index.js';
import { ask, type ServerAccess } from './ask.js';
import { adminKeyOption, type Output, urlOption } from './options.js';
import { textTable } from './table.js';

/** Options that go to the server as they are. */
const PASSED = ['from', 'to', 'by', 'model', 'goal', 'lookback', 'timezone', 'limit'] as const;

type ReportOptions = ServerAccess & { [name in (typeof PASSED)[number]]?: string } & {
  bots?: boolean;
  format?: 'json' | 'csv' | 'table';
};

const EXAMPLES = `
Examples:
  $ filrouge report kpis --from 2026-11-01 --to 2026-12-01 --by channel
  $ filrouge report attribution --by campaign --model position --format csv > attribution.csv
  $ filrouge report journeys --goal "Signed Up" --limit 20

Models: first, last, last-non-direct, linear, position, time-decay.`;

/** Adds `filrouge report`. Without --format: a table for a person, JSON for a pipe. */
export function addReport(program: Command, output: Output, isTerminal: boolean): void {
  program
    .command('report')
    .description('print a report of the running server')
    .addArgument(program.createArgument('<name>', 'which report').choices(REPORT_NAMES))
    .addOption(urlOption())
    .addOption(adminKeyOption())
    .option('--from <date>', 'first day, e.g. 2026-11-01')
    .option('--to <date>', 'day after the last')
    .option('--by <group>', 'grouping, e.g. day, channel, source, campaign')
    .option('--model <model>', 'attribution model')
    .option('--goal <event>', 'the event that counts as a conversion')
    .option('--lookback <days>', 'days before a conversion in which touches count')
    .option('--timezone <zone>', 'IANA time zone in which days begin')
    .option('--limit <rows>', 'most rows')
    .option('--bots', 'count automated traffic too')
    .addOption(new Option('--format <format>', 'form of the output').choices(['table', 'json', 'csv']))
    .addHelpText('after', EXAMPLES)
    .action(async (name: string, options: ReportOptions) => {
      const format = options.format ?? (isTerminal ? 'table' : 'json');
      const query = new URLSearchParams({ format: format === 'csv' ? 'csv' : 'json' });
      for (const key of PASSED) if (options[key] !== undefined) query.set(key, options[key]);
      if (options.bots) query.set('bots', 'true');
      const text = await (await ask(options, `/v1/reports/${name}?${query}`)).text();
      output.out(
        format === 'table' ? textTable(JSON.parse(text) as Parameters<typeof textTable>[0]) : `${text.trimEnd()}\n`,
      );
    });
}
