import { setTimeout as pause } from 'node:timers/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { ask, type ServerAccess } from './ask.js';
import { type Surroundings, serverCommand } from './options.js';

type TailOptions = ServerAccess & { from?: string; format: 'table' | 'ndjson' };

interface Line {
  messageId: string;
  receivedAt: string;
  timestamp: string;
  type: string;
  event?: string;
  name?: string;
  context?: { page?: { path?: string } };
}

const EXAMPLES = `
Examples:
  $ filrouge tail
  $ filrouge tail --from 2026-11-22 --format ndjson | jq .event`;

const POLL_MS = 1000;
/** Of the events that were printed, so many are remembered: the last ones may be erased. */
const MOST_PRINTED = 100;

/** Adds `filrouge tail`: prints stored events as they come, until it is asked to stop. */
export function addTail(program: Command, output: Surroundings): void {
  serverCommand(program, 'tail', 'follow stored events as they come')
    .option('--from <date>', 'begin with events from this time; default now', parseTime)
    .addOption(
      new Option('--format <format>', 'form of the output; ndjson: whole events')
        .choices(['table', 'ndjson'])
        .default('table'),
    )
    .addOption(new Option('--json', 'as --format ndjson').implies({ format: 'ndjson' }).hideHelp())
    .addHelpText('after', EXAMPLES)
    .action(async (options: TailOptions) => {
      const stopping = new AbortController();
      void output.untilStopped().then(() => stopping.abort());
      const printed: string[] = [];
      let from = options.from ?? new Date().toISOString();
      while (!stopping.signal.aborted) {
        for await (const line of lines(await askNews(options, printed, from), stopping.signal)) {
          const event = JSON.parse(line) as Line;
          from = event.receivedAt;
          printed.push(event.messageId);
          printed.splice(0, printed.length - MOST_PRINTED);
          output.out(`${options.format === 'ndjson' ? line : sayEvent(event)}\n`);
        }
        await pause(POLL_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    });
}

/**
 * What came after the last event that was printed; after the one before it where that was erased meanwhile, and where all are
 * gone what happened from a time on.
 */
async function askNews(access: ServerAccess, printed: string[], from: string): Promise<Response> {
  for (let after = printed.at(-1); after !== undefined; after = printed.at(-1)) {
    try {
      return await ask(access, `/v1/events?${new URLSearchParams({ after })}`);
    } catch (error) {
      if (!isWrongUse(error)) throw error;
      printed.pop();
    }
  }
  return ask(access, `/v1/events?${new URLSearchParams({ from })}`);
}

function isWrongUse(error: unknown): boolean {
  return error instanceof Error && 'exitCode' in error && error.exitCode === 2;
}

function parseTime(value: string): string {
  if (Number.isNaN(Date.parse(value))) throw new InvalidArgumentError('It must be a date, e.g. 2026-11-22.');
  return new Date(value).toISOString();
}

async function* lines(response: Response, signal: AbortSignal): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    if (signal.aborted) return;
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}

function sayEvent({ timestamp, type, event, name, context }: Line): string {
  const what = event ?? name ?? '';
  // Control characters in stored values must not steer the terminal.
  return `${timestamp}  ${type.padEnd(8)}  ${what}  ${context?.page?.path ?? ''}`.trimEnd().replace(/\p{Cc}/gu, ' ');
}
