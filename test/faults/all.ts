import { answers } from './answers.js';
import { devices } from './devices.js';
import { exits } from './exits.js';
import { frames } from './frames.js';
import { hostiles } from './hostile.js';
import { outages } from './outages.js';
import { pages } from './pages.js';
import { returns } from './returns.js';
import type { Situation } from './situation.js';
import { storages } from './storage.js';
import { versions } from './versions.js';
import { withdrawals } from './withdrawals.js';

/** Every way of losing events in a browser, in the order of the README's table. */
export const allSituations: readonly Situation[] = [
  ...exits,
  ...outages,
  ...answers,
  ...pages,
  ...storages,
  ...devices,
  ...frames,
  ...hostiles,
  ...versions,
  ...withdrawals,
  ...returns,
];
