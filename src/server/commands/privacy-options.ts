import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  cookieDomainOf,
  type PrivacyOptions,
  type RetentionRules,
  type WithdrawalPolicy,
} from '../../receiver/index.js';

/** The flags of `serve` that protect people. */
export interface PrivacyFlags {
  retain?: RetentionRules;
  onWithdrawal: WithdrawalPolicy;
  trustedProxies?: number;
  audienceDays?: number;
  cookieDomain?: string;
}

/** Adds them to `serve`. */
export function addPrivacyOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--retain <days>', 'days to keep events: for all, or by class, e.g. 760,page=400 (repeatable)')
        .env('FILROUGE_RETAIN')
        .argParser(collectRetention),
    )
    .addOption(
      new Option('--on-withdrawal <policy>', 'what becomes of earlier events when consent is withdrawn')
        .env('FILROUGE_ON_WITHDRAWAL')
        .choices(['trim', 'purge', 'keep'])
        .default('trim'),
    )
    .addOption(
      new Option(
        '--trusted-proxies <count>',
        'proxies of yours before this server; without it, what they forward is not limited by address',
      )
        .env('FILROUGE_TRUSTED_PROXIES')
        .argParser(parseCount),
    )
    .addOption(
      new Option('--audience-days <days>', 'days to keep the counts of the exempt measurement, at most 760 (default)')
        .env('FILROUGE_AUDIENCE_DAYS')
        .argParser(parseDays),
    )
    .addOption(
      new Option(
        '--cookie-domain <domain>',
        "the site's domain, e.g. shop.example: renews the id cookie of visitors who agreed (Safari ends it after 7 days)",
      )
        .env('FILROUGE_COOKIE_DOMAIN')
        .argParser(parseDomain),
    );
}

/** What the receiver takes of them. */
export function privacyOptions({ retain, onWithdrawal, trustedProxies, ...flags }: PrivacyFlags): PrivacyOptions {
  const { audienceDays, cookieDomain } = flags;
  return {
    onWithdrawal,
    ...(retain && { retention: retain }),
    ...(audienceDays !== undefined && { audienceDays }),
    ...(cookieDomain !== undefined && { cookieDomain }),
    ...(trustedProxies !== undefined && { limits: { trustedProxies } }),
  };
}

/** The rules as the banner shows them. */
export function sayRetention(rules: RetentionRules): string {
  return Object.entries(rules)
    .map(([name, days]) => `${name} ${days} days`)
    .join(', ');
}

function collectRetention(value: string, previous: RetentionRules | undefined): RetentionRules {
  const rules: Record<string, number> = { ...previous };
  for (const part of value.split(',')) {
    const [, name = 'default', days] = /^(?:(.+)=)?(\d{1,5})$/.exec(part.trim()) ?? [];
    if (!Number(days)) throw new InvalidArgumentError('Give days, or class=days, e.g. 760 or "Order Completed=1825".');
    rules[name] = Number(days);
  }
  return rules;
}

function parseDomain(value: string): string {
  try {
    return cookieDomainOf(value);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : '');
  }
}

function parseCount(value: string): number {
  if (!/^\d$/.test(value)) throw new InvalidArgumentError('It must be a number from 0 to 9.');
  return Number(value);
}

function parseDays(value: string): number {
  if (!/^\d{1,3}$/.test(value) || Number(value) < 1 || Number(value) > 760) {
    throw new InvalidArgumentError('It must be a number of days from 1 to 760, the 25 months of the exemption.');
  }
  return Number(value);
}
