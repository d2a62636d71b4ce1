import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ReportsOptions } from '../../report/index.js';
import { collect } from './options.js';

/** The flags of `serve` that reports start from. */
export interface ReportFlags {
  timezone?: string;
  currency?: string;
  channels: 'extended' | 'ga4';
  ownHost?: string[];
}

/** Adds them to `serve`. */
export function addReportOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--timezone <zone>', 'IANA time zone in which the days of reports begin (default UTC)')
        .env('FILROUGE_TIMEZONE')
        .argParser(parseZone),
    )
    .addOption(
      new Option('--currency <code>', 'currency of reports, and of amounts that name none, e.g. EUR')
        .env('FILROUGE_CURRENCY')
        .argParser(parseCurrency),
    )
    .addOption(
      new Option('--channels <rules>', 'channel rules of reports')
        .env('FILROUGE_CHANNELS')
        .choices(['extended', 'ga4'])
        .default('extended'),
    )
    .addOption(
      new Option('--own-host <host>', 'host of the site that takes no credit as a referrer (repeatable)')
        .env('FILROUGE_OWN_HOST')
        .argParser(collect),
    );
}

/** What the reports take of them. */
export function reportsOptions({ timezone, currency, channels, ownHost }: ReportFlags): ReportsOptions {
  return {
    channels: { mode: channels, ...(ownHost && { ownHosts: ownHost }) },
    ...(timezone && { timezone }),
    ...(currency && { currency }),
  };
}

function parseZone(value: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
  } catch {
    throw new InvalidArgumentError('It must be an IANA time zone such as Europe/Paris.');
  }
  return value;
}

function parseCurrency(value: string): string {
  if (!/^[A-Za-z]{3}$/.test(value))
    throw new InvalidArgumentError('It must be an ISO code of three letters, e.g. EUR.');
  return value.toUpperCase();
}
