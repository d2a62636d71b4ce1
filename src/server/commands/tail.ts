import { setTimeout as pause } from 'node:timers/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { ask, type ServerAccess } from './ask.js';
import { adminKeyOption, type Output, timeoutOption, urlOption } from './options.js';

type TailOptions = ServerAccess & { from?: string; json?: boolean };

interface Line {
  messageId: string;
  timestamp: string;
  type: string;
  event?: string;
  name?: string;
  context?: { page?: { path?: string } };
}

const EXAMPLES = `
Examples:
  $ filrouge tail
  $ filrouge tail --from 2026-11-22 --json | jq .event`;

const POLL_MS = 1000;

/** Adds `filrouge tail`: prints stored events as they come, until `untilStopped`. */
export function addTail(program: Command, output: Output, untilStopped: () => Promise<void>): void {
  program
    .command('tail')
    .description('follow stored events as they come')
    .addOption(urlOption())
    .addOption(adminKeyOption())
    .addOption(timeoutOption())
    .option('--from <date>', 'begin with events from this time; default now', parseTime)
    .option('--json', 'print whole events, one JSON object a line')
    .addHelpText('after', EXAMPLES)
    .action(async (options: TailOptions) => {
      const stopping = new AbortController();
      void untilStopped().then(() => stopping.abort());
      const from = options.from ?? new Date().toISOString();
      let after: string | undefined;
      while (!stopping.signal.aborted) {
        const query = new URLSearchParams(after === undefined ? { from } : { after });
        const response = await ask(options, `/v1/events?${query}`);
        for await (const line of lines(response, stopping.signal)) {
          const event = JSON.parse(line) as Line;
          after = event.messageId;
          output.out(`${options.json ? line : sayEvent(event)}\n`);
        }
        await pause(POLL_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    });
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
