import type { PathTable } from '../models/path-table.js';

/** What may stand between channels, and may as well be part of a name. */
const BARS = ['|', ';', '^', ','];

/** What others call the ends of a chain. */
const ENDS = /^\(?(?:start|begin|conversion|conv|null|no conversion)\)?$/i;

/**
 * What names of channels let doubt: with the wrong separator every path is one odd channel, and the figures look fine; and
 * the ends of a chain, written out as steps, take credit.
 */
export function judgeNames({ channels, touches, offsets, size }: PathTable, separator: string | undefined): string[] {
  const notices: string[] = [];
  const doubtful = touches.length === size ? ['>', ...BARS] : ['>'];
  const bar = separator === undefined && doubtful.find((one) => channels.some((name) => name.includes(one)));
  if (bar) {
    const odd = JSON.stringify(channels.find((name) => name.includes(bar)));
    const hint = `say --separator "${bar}" if these are several channels`;
    notices.push(`Some channel names contain "${bar}", e.g. ${odd}; ${hint}.`);
  }
  const ends = [0, offsets[1] ?? 0].map((at, i) => channels[touches[at - i] ?? -1] ?? '');
  const end = size > 0 && touches.length > size ? ends.find((name) => ENDS.test(name)) : undefined;
  if (end)
    notices.push(`Paths have "${end}" as a step, which takes credit like a channel; leave it out if it is none.`);
  return notices;
}
