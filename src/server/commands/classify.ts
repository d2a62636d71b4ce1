import { type Command, InvalidArgumentError, Option } from 'commander';
import type { SiteParameters } from '../../protocol/campaign-families.js';
import { type ChannelMode, classify, type VisitClassification } from '../../report/index.js';
import { collect, failure, type Output } from './options.js';

interface ClassifyOptions {
  mode: ChannelMode;
  own?: string[];
  parameter?: SiteParameters;
  context?: string;
  format: 'table' | 'json';
}

const FIELDS = ['source', 'medium', 'campaign', 'id', 'term', 'content', 'affiliate'] as const;

const EXAMPLES = `
Examples:
  $ filrouge classify 'https://shop.example/?utm_source=google&utm_medium=sea'
  $ filrouge classify 'https://shop.example/?gclid=abc' https://www.youtube.com/
  $ filrouge classify https://shop.example/ android-app://com.google.android.gm --mode ga4
  $ filrouge classify 'https://shop.example/?cid=spring' --parameter cid=id --format json

Exit code: 0 a channel was found, 1 it is Unassigned, 2 called wrongly.`;

/** Adds `filrouge classify`: why a visit falls into its channel. Needs no server. */
export function addClassify(program: Command, output: Output): void {
  program
    .command('classify')
    .description('explain the channel of a visit, step by step')
    .argument('<url>', 'the page that was landed on, with its query', parseLanding)
    .argument('[referrer]', 'the page before it: a URL, a host, or android-app://…')
    .addOption(new Option('--mode <mode>', 'channel rules').choices(['ga4', 'extended']).default('extended'))
    .addOption(new Option('--own <host>', 'another host of the site (repeatable)').argParser(collect))
    .addOption(
      new Option('--parameter <name=field>', `campaign parameter of the site: ${FIELDS.join(', ')}`).argParser(
        parseParameter,
      ),
    )
    .option('--context <channel>', 'what the event states of itself, e.g. store, call, app')
    .addOption(new Option('--format <format>', 'form of the output').choices(['table', 'json']).default('table'))
    .addOption(new Option('--json', 'as --format json').implies({ format: 'json' }).hideHelp())
    .addHelpText('after', EXAMPLES)
    .action((url: string, referrer: string | undefined, options: ClassifyOptions) => {
      const { mode, own, parameter, context, format } = options;
      const found = classify(
        { url, referrer, ...(context && { context: { channel: context } }) },
        { mode, ...(own && { ownHosts: own }), ...(parameter && { parameters: parameter }) },
      );
      output.out(format === 'json' ? `${JSON.stringify(found, null, 2)}\n` : explain(found, mode));
      if (found.channel === 'Unassigned') throw failure('no rule knows this source and medium: Unassigned.');
    });
}

function explain(found: VisitClassification, mode: ChannelMode): string {
  const { parameters, referrer, evidence } = found;
  const steps: [string, string[]][] = [
    [
      'Parameters',
      parameters.map(({ name, value, family, field }) => `${name} = ${value || '(not kept)'}  [${family}: ${field}]`),
    ],
    ['Referrer', referrer ? [`${referrer.host}  [${describe(referrer)}]`] : []],
    ['Evidence', evidence],
    ['Source', [`${found.source} / ${found.medium}${found.campaign ? ` / ${found.campaign}` : ''}`]],
    ['Search term', found.term ? [found.term] : []],
    ['Rule', [`${found.ruleId}  [${mode}, rules ${found.rulesVersion}]`]],
    ['Channel', [`${found.channel}  [${found.group}${found.detour ? ', no touch' : ''}]`]],
    ['URL kept', [found.landing]],
  ];
  return steps
    .flatMap(([title, lines]) =>
      (lines.length ? lines : ['none']).map((line, at) => `${(at ? '' : title).padEnd(12)} ${line}`),
    )
    .join('\n')
    .concat('\n');
}

function describe({ kind, network }: NonNullable<VisitClassification['referrer']>): string {
  if (kind === 'own') return 'the site itself';
  return kind ? `${kind}: ${network}` : 'not in any list';
}

function parseLanding(value: string): string {
  if (!URL.canParse(value))
    throw new InvalidArgumentError('It must be a whole URL, e.g. https://shop.example/?utm_source=x.');
  return value;
}

function parseParameter(value: string, previous: SiteParameters | undefined): SiteParameters {
  const [name = '', wanted = ''] = value.split('=');
  const field = FIELDS.find((known) => known === wanted);
  if (!name || !field) throw new InvalidArgumentError(`Write name=field, with a field out of ${FIELDS.join(', ')}.`);
  return { ...previous, [name]: field };
}
