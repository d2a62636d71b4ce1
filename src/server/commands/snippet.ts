import { type Command, InvalidArgumentError, Option } from 'commander';
import { snippet } from '../../tag/snippet.js';
import { collect, type Output, urlOption } from './options.js';

interface SnippetOptions {
  url: string;
  writeKey: string[];
  capture?: string[];
  consent?: string;
  integrity?: string;
  stub: boolean;
}

const EXAMPLES = `
Examples:
  $ filrouge snippet --url https://c.shop.example --write-key wk_shop
  $ filrouge snippet --write-key wk_shop --capture pages,links,forms,engagement --consent cookieconsent
  $ filrouge snippet --write-key wk_shop --no-stub --integrity sha384-…`;

/** What the tag knows by name: these, and the files beside it. */
const CAPTURES: readonly string[] = ['pages', 'links', 'forms', 'datalayer', 'elements', 'engagement', 'vitals'];
const PLATFORMS: readonly string[] = (
  'axeptio complianz cookiebot cookieconsent cookiefirst didomi google gpc gpp klaro onetrust osano tarteaucitron tcf ' +
  'usercentrics'
).split(' ');

/** Adds `filrouge snippet`. */
export function addSnippet(program: Command, output: Output): void {
  program
    .command('snippet')
    .description('print the lines to paste into <head>')
    .addOption(urlOption())
    .addOption(
      new Option('--write-key <key>', 'public key of the site')
        .env('FILROUGE_WRITE_KEY')
        .argParser(collect)
        .makeOptionMandatory(),
    )
    .option('--capture <names>', `any of ${CAPTURES.join(', ')}`, collectCaptures)
    .option('--consent <platform>', `manual, granted, or platforms: ${PLATFORMS.join(', ')}`, parseConsent)
    .option('--integrity <hash>', 'subresource integrity of the script, as the build prints it')
    .option('--no-stub', 'leave the inline line out, for a strict Content-Security-Policy')
    .addHelpText('after', EXAMPLES)
    .action(({ url, writeKey, capture, consent, integrity, stub }: SnippetOptions) => {
      const lines = snippet({
        src: `${url}/filrouge.js`,
        writeKey: writeKey[0] ?? '',
        stub,
        ...(capture && { capture }),
        ...(consent && { consent }),
        ...(integrity && { integrity }),
      });
      output.out(`${lines}\n`);
    });
}

/** With commas, or with blanks between, as in the attribute. */
function collectCaptures(value: string, previous: string[] | undefined): string[] {
  return checkNames(collect(value.replace(/\s+/g, ','), previous), CAPTURES);
}

/** Several platforms stand with blanks between, as in the attribute. */
function parseConsent(value: string): string {
  return checkNames(value.split(/[\s,]+/).filter(Boolean), ['manual', 'granted', ...PLATFORMS]).join(' ');
}

function checkNames(names: string[], known: readonly string[]): string[] {
  const wrong = names.filter((name) => !known.includes(name));
  if (wrong.length || !names.length) {
    throw new InvalidArgumentError(
      `${wrong.map((name) => `"${name}"`).join(', ')} is not known; there are ${known.join(', ')}.`,
    );
  }
  return names;
}
