import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { addAttribute } from './commands/attribute.js';
import { addClassify } from './commands/classify.js';
import { addErase } from './commands/erase.js';
import { addExplain } from './commands/explain.js';
import { addExport } from './commands/export.js';
import { addImport } from './commands/import.js';
import { addLink } from './commands/link.js';
import type { Surroundings } from './commands/options.js';
import { addReport } from './commands/report.js';
import { addRights } from './commands/rights.js';
import { addServe } from './commands/serve.js';
import { addSnippet } from './commands/snippet.js';
import { addTail } from './commands/tail.js';

/** In the order of the help. */
const COMMANDS: readonly ((program: Command, surroundings: Surroundings) => void)[] = [
  addServe,
  addReport,
  addClassify,
  addAttribute,
  addExplain,
  addExport,
  addErase,
  addRights,
  addImport,
  addLink,
  addSnippet,
  addTail,
];

/**
 * Runs `filrouge` with arguments and resolves with its exit code: 0 it worked, 1 it did not, 2 it was called wrongly.
 * Never rejects.
 */
export async function runCommand(args: readonly string[], surroundings: Surroundings): Promise<0 | 1 | 2> {
  try {
    await createProgram(surroundings).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has said what is wrong already; help and version are "errors" with code 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const message = error instanceof Error ? error.message : String(error);
    surroundings.err(`filrouge: ${message}\n`);
    return error instanceof Error && 'exitCode' in error && error.exitCode === 2 ? 2 : 1;
  }
}

function createProgram(surroundings: Surroundings): Command {
  const program = new Command('filrouge')
    .description('Measure the whole thread, from an ad click to a report.')
    .version(version())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => surroundings.out(text),
      writeErr: (text) => surroundings.err(text),
      outputError: (text, write) => write(withVariable(text)),
    })
    .showHelpAfterError('(add --help for what it takes)');
  for (const add of COMMANDS) add(program, surroundings);
  return program;
}

/** Commander names the flag of a missing key, and not the variable, which keeps the key out of the shell's history. */
function withVariable(text: string): string {
  return text.replace(
    /required option '--(admin|write)-key <key>' not specified/,
    (said, key: string) => `${said}, and FILROUGE_${key.toUpperCase()}_KEY is not set`,
  );
}

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
