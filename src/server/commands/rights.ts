import { type Command, InvalidArgumentError } from 'commander';
import { PURPOSES } from '../../protocol/index.js';
import { ask, type ServerAccess } from './ask.js';
import { collect, failure, type Output, serverCommand } from './options.js';

type RightsOptions = ServerAccess & { lift?: boolean; purposes?: string[]; run?: boolean };

const EXAMPLES: { [command: string]: readonly string[] } = {
  consent: ['consent customer-4711'],
  restrict: ['restrict customer-4711', 'restrict customer-4711 --lift'],
  object: ['object customer-4711 --purposes attribution,advertising', 'object customer-4711 --lift'],
  retention: ['retention', 'retention --run'],
};

/**
 * Adds what answers people who ask about their data: `consent`, `restrict`, `object`, and `retention`; `export` is in
 * export.ts.
 */
export function addRights(program: Command, output: Output): void {
  const pretty = async (response: Response): Promise<void> =>
    output.out(`${JSON.stringify(await response.json(), undefined, 2)}\n`);
  const command = (name: string, description: string): Command =>
    serverCommand(program, name, description).addHelpText(
      'after',
      `\nExamples:${EXAMPLES[name]?.map((line) => `\n  $ filrouge ${line}`).join('')}`,
    );
  const person = (name: string, description: string): Command =>
    command(name, description).argument('<identifier>', 'any identifier of the person');

  person('consent', "print a person's consent ledger").action(async (identifier: string, options: RightsOptions) =>
    pretty(await ask(options, pathOf(identifier, 'consent'))),
  );
  person('restrict', 'set the data of a person aside: kept, but in no report')
    .option('--lift', 'put it back')
    .action(async (identifier: string, options: RightsOptions) =>
      pretty(await ask(options, pathOf(identifier, 'restriction'), options.lift ? 'DELETE' : 'POST')),
    );
  person('object', 'note that a person objects to purposes, and act on it')
    .option('--purposes <names>', `${PURPOSES.join(', ')}; default all`, collectPurposes)
    .option('--lift', 'the objection was taken back')
    .action(async (identifier: string, options: RightsOptions) => pretty(await object(identifier, options)));
  command('retention', 'print the retention rules and what the last run removed')
    .option('--run', 'remove what is due, and act on withdrawals, now')
    .action(async (options: RightsOptions) =>
      pretty(await ask(options, '/v1/retention', options.run ? 'POST' : 'GET')),
    );
}

function object(identifier: string, options: RightsOptions): Promise<Response> {
  const { lift, purposes } = options;
  if (lift && purposes) throw failure('--lift takes back the whole objection: leave --purposes out.', 2);
  const body = purposes && JSON.stringify({ purposes });
  return ask(options, pathOf(identifier, 'objection'), lift ? 'DELETE' : 'POST', body);
}

function collectPurposes(value: string, previous: string[] | undefined): string[] {
  const names = collect(value, previous);
  const known: readonly string[] = PURPOSES;
  if (!names.every((name) => known.includes(name))) throw new InvalidArgumentError(`There are ${PURPOSES.join(', ')}.`);
  return names;
}

function pathOf(identifier: string, right: string): string {
  return `/v1/people/${encodeURIComponent(identifier)}/${right}`;
}
