import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Country, readCountry } from '../../stores/persons/phone.js';

/** Where a command writes. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
}

/** The surroundings of the command line: where it writes, and when it is asked to stop. */
export interface Surroundings extends Output {
  /** Whether a person reads the output. */
  isTerminal: boolean;
  /** Resolves when the process is asked to end. */
  untilStopped(): Promise<void>;
}

/** An error whose message is for the user; the command ends with `exitCode`. */
export interface CommandFailure extends Error {
  exitCode: 1 | 2;
}

/** 1: it did not work. 2: it was called wrongly. */
export function failure(message: string, exitCode: 1 | 2 = 1): CommandFailure {
  return Object.assign(new Error(message), { exitCode });
}

/** A command that asks a running server, with the options that name it and the key to it (`ServerAccess`). */
export function serverCommand(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .addOption(urlOption())
    .addOption(adminKeyOption())
    .addOption(timeoutOption());
}

/** Names a running server. */
export const urlOption = (): Option =>
  new Option('--url <url>', 'address of the running server')
    .env('FILROUGE_URL')
    .default('http://127.0.0.1:8080')
    .argParser(parseUrl);

/** Only the admin key reads and erases. */
const adminKeyOption = (): Option =>
  new Option('--admin-key <key>', 'admin key of the server').env('FILROUGE_ADMIN_KEY').makeOptionMandatory();

/** After so many seconds without an answer, Node's own client gives up, whatever it was told. */
export const MOST_SECONDS = 300;

/** How long a command waits for a server that says nothing. */
const timeoutOption = (): Option =>
  new Option('--timeout <seconds>', 'how long the server may say nothing')
    .env('FILROUGE_TIMEOUT')
    .default(120)
    .argParser(parseTimeout);

/** For options that may be repeated, or hold several values with commas between. */
export function collect(value: string, previous: string[] | undefined): string[] {
  const values = value
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
  if (!values.length) throw new InvalidArgumentError('It must not be empty.');
  return [...(previous ?? []), ...values];
}

/** As `collect`, for origins; a URL with a path would never match. */
export function collectOrigins(value: string, previous: string[] | undefined): string[] {
  const values = collect(value, undefined);
  for (const one of values) {
    if (one.includes('*') && one !== '*') {
      throw new InvalidArgumentError(`"${one}" would match no page: name each origin, or give "*" for all.`);
    }
    if (one !== '*' && (!URL.canParse(one) || new URL(one).origin !== one.replace(/\/$/, ''))) {
      throw new InvalidArgumentError(`An origin is scheme and host, e.g. https://shop.example, not "${one}".`);
    }
  }
  return [...(previous ?? []), ...values];
}

/** A TCP port; 0 takes a free one. */
export function parsePort(value: string): number {
  const port = Number(value);
  if (!/^\d{1,5}$/.test(value) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}

/** Where numbers like 06 12 34 56 78 are at home; nobody is recognised by a number whose country is not known. */
export const countryOption = (description: string): Option =>
  new Option('--country <code>', description).env('FILROUGE_COUNTRY').argParser(parseCountry);

function parseCountry(code: string): Country {
  try {
    return readCountry(code);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

function parseTimeout(value: string): number {
  const seconds = Number(value);
  if (!/^\d{1,3}$/.test(value) || seconds < 1 || seconds > MOST_SECONDS) {
    throw new InvalidArgumentError(`It must be a number of seconds from 1 to ${MOST_SECONDS}.`);
  }
  return seconds;
}

function parseUrl(value: string): string {
  if (!URL.canParse(value) || !/^https?:/.test(value)) {
    throw new InvalidArgumentError('It must begin with http:// or https://.');
  }
  return value.replace(/\/+$/, '');
}
