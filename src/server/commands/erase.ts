import type { Command } from 'commander';
import { ask, type ServerAccess } from './ask.js';
import { type Output, serverCommand } from './options.js';

const EXAMPLES = `
Examples:
  $ filrouge erase customer-4711
  $ filrouge erase ann@example.com
  $ filrouge erase loyalty_id:card-77
  $ filrouge erase 0192f3a4-7b1c-7d2e-9f3a-5c1b2a3d4e5f --url https://c.shop.example

Removes the person's events and identities from store and log, also events on devices of others that name only this person
(an address in a property). What is sent again later from before now is refused.`;

/** Adds `filrouge erase`. */
export function addErase(program: Command, output: Output): void {
  serverCommand(program, 'erase', 'erase a person by any of their identifiers')
    .argument('<identifier>', 'user id, anonymous id, e-mail address, phone number with country code, or type:value')
    .addHelpText('after', EXAMPLES)
    .action(async (identifier: string, options: ServerAccess) => {
      const response = await ask(options, `/v1/people/${encodeURIComponent(identifier)}`, 'DELETE');
      const { erased } = (await response.json()) as {
        erased: { events: number; trimmed: number; identifiers: unknown[]; logRecords: number };
      };
      output.out(
        `Erased: ${count(erased.events, 'event')}, ${count(erased.identifiers.length, 'identifier')}, ${count(erased.trimmed, 'event')} of others trimmed, ${count(erased.logRecords, 'log record')} changed.\n`,
      );
    });
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
