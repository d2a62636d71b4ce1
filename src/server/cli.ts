#!/usr/bin/env node
import { sayFileError } from './file-error.js';
import { runCommand } from './program.js';

/** A second signal ends the process at once, for those who do not want to wait for a graceful stop. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const stop = (): void => {
      if (asked) process.exit(1);
      asked = true;
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}

// A reader that went away (`filrouge tail | head`) is no error; a full disk is: half an export must not look like a whole one.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`filrouge: The output could not be written: ${sayFileError(error)}\n`);
  process.exit(1);
});

process.exitCode = await runCommand(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isTerminal: process.stdout.isTTY === true,
  untilStopped,
});
