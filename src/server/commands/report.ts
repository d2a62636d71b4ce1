import { type Command, Option } from 'commander';
import { type Dated, PATH_MODEL_NAMES, REPORT_NAMES } from '../../report/index.js';
import { ask, parametersOf, type ServerAccess } from './ask.js';
import { failure, type Surroundings, serverCommand } from './options.js';
import { textTable } from './table.js';

/** Not one of the reports on events: it is about page views that nobody's events are joined to. */
const AUDIENCE = 'audience';

type ReportOptions = ServerAccess & { format?: 'json' | 'csv' | 'table'; [option: string]: unknown };

const MODELS_OF = ['attribution', 'ads'];
const PATHS = ['attribution', 'journeys'];

/** Options of some reports. The others would pass over them, and their figures be taken for an answer to what was asked. */
const ONLY_FOR: { readonly [option: string]: readonly string[] } = {
  '--model': MODELS_OF,
  '--order': MODELS_OF,
  '--weights': MODELS_OF,
  '--half-life': MODELS_OF,
  '--game': MODELS_OF,
  '--bootstrap': ['attribution'],
  '--collapse': ['attribution'],
  '--drop-direct': PATHS,
  '--cut': PATHS,
  '--window': ['transitions', 'funnel', 'carts', 'email', 'customers', 'combinations'],
  '--follow': ['combinations', 'lifetime'],
  '--steps': ['funnel'],
  '--declared': ['touchpoints', 'awareness'],
  '--late': ['delivery'],
  '--bucket': ['cohorts'],
  '--site': [AUDIENCE],
};

const EXAMPLES = `
Examples:
  $ filrouge report kpis --from 2026-11-01 --to 2026-11-30 --by channel
  $ filrouge report attribution --by campaign --model position --format csv > attribution.csv
  $ filrouge report attribution --model markov --order 2
  $ filrouge report journeys --goal "Signed Up" --limit 20
  $ filrouge report funnel --by channel --steps "Visit,Product Added,Order Completed"
  $ filrouge report delivery --by browser
  $ filrouge report consent --by platform
  $ filrouge report cohorts --from 2026-01-01 --bucket month
  $ filrouge report attribution --from 2026-11-01 --to 2026-11-30 --as-known-at 2026-11-30
  $ filrouge report touchpoints --by medium --declared "google / cpc,lyon / qr"

Reports: ${REPORT_NAMES.join(', ')}, ${AUDIENCE}.
Models: ${PATH_MODEL_NAMES.join(', ')}.
Segments: identified, anonymous, new, returning, customers,
returning-customers (ordered before the period), prospects, channel:NAME.`;

/** Adds `filrouge report`. Without --format: a table for a person, JSON for a pipe. */
export function addReport(program: Command, output: Surroundings): void {
  serverCommand(program, 'report', 'print a report of the running server')
    .addArgument(program.createArgument('<name>', 'which report').choices([...REPORT_NAMES, AUDIENCE]))
    .option('--from <date>', 'first day, e.g. 2026-11-01')
    .option('--to <date>', 'last day, included; or an instant, excluded')
    .option('--by <group>', 'grouping, e.g. day, channel, source, campaign, touchpoint')
    .option(
      '--model <model>',
      'attribution, ads: the model; without one the six that look at single paths, side by side',
    )
    .option('--order <n>', 'markov: how many channels back the next step depends on, 1 to 4')
    .option('--weights <numbers>', 'position: first,between,last; w-shaped: first,lead,last,others')
    .option('--bootstrap <rounds>', 'one model: intervals from so many resampled rounds, e.g. 200')
    .option('--half-life <days>', 'time-decay: days after which a touch counts half')
    .option('--game <worth>', 'shapley: conversions, or rate, which looks at those who did not convert, too')
    .option('--goal <event>', 'the event that counts as a conversion')
    .option('--lookback <days>', 'days before a conversion in which touches count, e.g. 30 or 30,view:1,contact:90')
    .option('--collapse', 'attribution: take consecutive touches with one label as one')
    .option('--drop-direct', 'attribution, journeys: leave direct visits out of paths that have other touches')
    .option(
      '--cut',
      'attribution, journeys: begin each path after the conversion before, so that no touch leads to two',
    )
    .option('--timezone <zone>', 'IANA time zone in which days begin')
    .option('--segment <people>', 'count only these people, e.g. new, customers, channel:Email')
    .option('--window <days>', 'transitions, funnel, carts, email, customers, combinations: their span of days')
    .option(
      '--follow <days>',
      'combinations: days after the window in which customers are valued; lifetime: days to foretell',
    )
    .option('--currency <code>', 'count amounts of this currency only')
    .option('--steps <events>', 'funnel: names of events with commas between; Visit is any session')
    .option(
      '--declared <names>',
      'touchpoints: points of contact that should be seen; awareness: names of the brand; with commas between',
    )
    .option('--late <minutes>', 'delivery: from when on an event counts as late')
    .option('--bucket <length>', 'cohorts: month, week or day')
    .option('--site <write key>', 'audience: views of this site only')
    .option('--limit <rows>', 'most rows')
    .option('--as-known-at <date>', 'count only what had been received by the end of this day, or by an instant')
    .option('--max-age <seconds>', 'an answer that is at most so old will do; it comes at once and says of when it is')
    .option('--bots', 'count automated traffic too')
    .addOption(
      new Option('--format <format>', 'form of the output; default table on a terminal, else json').choices([
        'table',
        'json',
        'csv',
      ]),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (name: string, options: ReportOptions, { options: flags }: Command) => {
      for (const flag of flags) {
        const reports = ONLY_FOR[flag.long ?? ''] ?? [name];
        if (options[flag.attributeName()] !== undefined && !reports.includes(name))
          throw failure(`${flag.long} is for ${reports.join(', ')}: ${name} takes no account of it.`, 2);
      }
      const format = options.format ?? (output.isTerminal ? 'table' : 'json');
      const query = parametersOf(options);
      query.set('format', format === 'csv' ? 'csv' : 'json');
      const text = await (await ask(options, `/v1/reports/${name}?${query}`)).text();
      if (format !== 'table') return output.out(`${text.trimEnd()}\n`);
      const report = JSON.parse(text) as Parameters<typeof textTable>[0] & { notices?: string[] } & Dated;
      output.out(textTable(report));
      if (report.recounting) output.err(`As of ${report.asOf}. It is being counted anew.\n`);
      for (const notice of report.notices ?? []) output.err(`Note: ${notice}\n`);
    });
}
