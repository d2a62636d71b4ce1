import { appendFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { answers } from './answers.js';
import { devices } from './devices.js';
import type { Engine } from './engines/contract.js';
import { exits } from './exits.js';
import { hostiles } from './hostile.js';
import { outages } from './outages.js';
import { pages } from './pages.js';
import { play } from './stage.js';
import { storages } from './storage.js';
import { withdrawals } from './withdrawals.js';

const { FAULTS_ONLY = '', FAULTS_OUT } = process.env;
const isFull = !!FAULTS_OUT;
const QUICK =
  /same tick, collector 150|at once, collector 150|SIGKILLed 1 s|captive|both throw|acknowledgement|401|upgrades|^302|never shown|SDK is upgraded/;
const situations = [
  ...exits,
  ...outages,
  ...answers,
  ...pages,
  ...storages,
  ...devices,
  ...hostiles,
  ...withdrawals,
].filter(({ name }) => (isFull ? new RegExp(FAULTS_ONLY).test(name) : QUICK.test(name)));

/**
 * A test of each situation in one engine; each engine has a file, so that they run side by side. `npm run faults` plays
 * everything and prints the table, `npm test` a bounded part: all of Chromium's exits and storages that are quick, and the
 * decisive ones in Firefox.
 */
export function playSituations(engine: Engine): void {
  for (const situation of situations) {
    it(situation.name, { timeout: 180_000 }, async () => {
      const result = await play(situation, engine);
      if (FAULTS_OUT) appendFileSync(FAULTS_OUT, `${JSON.stringify(result)}\n`);
      if (result.impossible) return;
      expect(result.delivered).toBe(situation.tracked);
      expect(result.inStore).toBe(situation.tracked);
      expect(result.onWire).toBeLessThanOrEqual(situation.tracked * (1 + (situation.extraCopies ?? 0)));
    });
  }
}
