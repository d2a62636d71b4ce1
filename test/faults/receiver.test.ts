import { appendFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { connections } from './receiver/connections.js';
import { disks } from './receiver/disks.js';
import { kills } from './receiver/kills.js';
import { play } from './receiver/situation.js';
import { storeProcess } from './receiver/store-process.js';

// The quick form of what `npm run faults -- receiver` plays at length.
const { FAULTS_RECEIVER_OUT: out, FAULTS_ONLY: only = '' } = process.env;

describe('the receiver under faults', () => {
  for (const situation of [...kills, ...storeProcess, ...disks, ...connections]) {
    if (!situation.name.includes(only) || (situation.long && !out)) continue;
    const obstacle = situation.obstacle?.();
    it.skipIf(obstacle)(
      obstacle ? `${situation.name} (${obstacle})` : situation.name,
      async () => {
        const outcome = await play(situation, out !== undefined);
        if (out) appendFileSync(out, `${JSON.stringify(outcome)}\n`);
        expect(outcome.acknowledged).toBeGreaterThan(0);
        expect(outcome.twice).toBe(0);
        expect(outcome.acknowledged - outcome.stored).toBeLessThanOrEqual(outcome.destroyed);
      },
      600_000,
    );
  }
});
