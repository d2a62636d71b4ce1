import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { allSituations } from './all.js';
import type { Engine, Session } from './engines/contract.js';
import { play } from './stage.js';

const { FAULTS_ONLY = '', FAULTS_OUT } = process.env;
const isFull = !!FAULTS_OUT;
const QUICK =
  /same tick, collector 150|at once, collector 150|SIGKILLed 1 s|captive|both throw|acknowledgement|401|upgrades|^302|never shown|SDK is upgraded/;
const situations = allSituations.filter(({ name }) => (isFull ? new RegExp(FAULTS_ONLY).test(name) : QUICK.test(name)));

/**
 * A test of each situation in one engine; each engine has a file, so that they run side by side. `npm run faults` plays
 * everything and prints tables, each in a browser of its own; `npm test` the decisive ones.
 */
export function playSituations(engine: Engine): void {
  const profile = mkdtempSync(join(tmpdir(), 'filrouge-browser-'));
  let running: Session | undefined;
  afterAll(async () => {
    await running?.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 20 });
  });
  for (const situation of situations) {
    it(situation.name, async () => {
      // Firefox takes longer to start than most situations to play.
      if (!isFull && engine.name === 'firefox') running ??= await engine.start(profile);
      const result = await play(situation, engine, running);
      if (FAULTS_OUT) appendFileSync(FAULTS_OUT, `${JSON.stringify({ group: situation.group, ...result })}\n`);
      if (result.impossible) return;
      expect(result.delivered).toBe(situation.tracked);
      expect(result.inStore).toBe(situation.tracked);
      expect(result.onWire).toBeLessThanOrEqual(situation.tracked * (1 + (situation.extraCopies ?? 0)));
    });
  }
}
