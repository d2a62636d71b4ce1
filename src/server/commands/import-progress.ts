import type { ImportState, OpenFile } from '../../intake/index.js';
import type { Output } from './options.js';

const EVERY_MS = 2000;

/** Says on standard error, every two seconds, how far an import is. */
export function progressLines({ err }: Output, file: Pick<OpenFile, 'share'>): (state: ImportState) => void {
  const began = performance.now();
  let saidAt = began;
  let first: number | undefined;
  return ({ rows, taken, rejected }) => {
    const now = performance.now();
    // The rows that an import before this one did are not this one's speed.
    first ??= rows;
    if (now - saidAt < EVERY_MS) return;
    saidAt = now;
    const speed = Math.round(((rows - first) * 1000) / (now - began));
    const share = file.share();
    const percent = share === undefined ? '' : `, ${Math.floor(share * 100)} %`;
    err(
      `${number(rows)} rows, ${number(taken)} taken, ${number(rejected)} rejected, ${number(speed)} a second${percent}\n`,
    );
  };
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
