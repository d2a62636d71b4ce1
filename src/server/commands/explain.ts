import { type Command, Option } from 'commander';
import type { Explanation } from '../../report/index.js';
import { ask, parametersOf, type ServerAccess } from './ask.js';
import { type Surroundings, serverCommand } from './options.js';
import { textTable } from './table.js';

type ExplainOptions = ServerAccess & { format?: 'json' | 'csv' | 'table' };

const EXAMPLES = `
Examples:
  $ filrouge explain 10293
  $ filrouge explain 10293 --lookback 30,view:1,contact:90
  $ filrouge explain 10293 --as-known-at 2026-11-30 --format json`;

/** Adds `filrouge explain`. Without --format: a table for a person, JSON for a pipe. */
export function addExplain(program: Command, output: Surroundings): void {
  serverCommand(program, 'explain', 'print the touches, rules and identities behind the credits of one order')
    .argument('<order>', 'order id, or the message id of a conversion')
    .option('--goal <event>', 'the event that counts as a conversion')
    .option('--lookback <days>', 'days before it in which touches count, e.g. 30 or 30,view:1,contact:90')
    .option('--as-known-at <date>', 'count only what had been received by the end of this day, or by an instant')
    .option('--timezone <zone>', 'IANA time zone of that day')
    .option('--bots', 'count automated traffic too')
    .addOption(
      new Option('--format <format>', 'form of the output; default table on a terminal, else json').choices([
        'table',
        'json',
        'csv',
      ]),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (order: string, options: ExplainOptions) => {
      const format = options.format ?? (output.isTerminal ? 'table' : 'json');
      const query = parametersOf(options);
      query.set('order', order);
      query.set('format', format === 'csv' ? 'csv' : 'json');
      const text = await (await ask(options, `/v1/reports/explain?${query}`)).text();
      output.out(format === 'table' ? forPeople(JSON.parse(text) as Explanation) : `${text.trimEnd()}\n`);
    });
}

/** Who converted, then a line for each touch with its rule and the share of the conversion by each model. */
function forPeople({ order, at, value, currency, person, identifiers, rows }: Explanation): string {
  const known = identifiers.map(({ type, value: name }) => `${type} ${name}`).join(', ');
  const touches = rows.map(({ at: touched, kind, channel, ruleId, counts, credits }) => ({
    at: touched,
    kind,
    channel,
    rule: ruleId,
    counts: counts ? 'yes' : 'no',
    ...Object.fromEntries(Object.entries(credits).map(([model, { conversions }]) => [model, conversions])),
  }));
  const head = `Order ${order}, ${at}, ${value} ${currency ?? ''}`.trimEnd();
  return `${head}\nPerson ${person}: ${known}\n\n${textTable({ rows: touches })}`;
}
