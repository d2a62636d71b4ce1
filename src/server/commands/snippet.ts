import { type Command, Option } from 'commander';
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
    .option('--capture <names>', 'what to capture, e.g. pages,links,forms', collect)
    .option('--consent <platform>', 'consent platform, or manual')
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
