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

/** Every way of losing events in a browser, by what goes wrong. */
const groups: readonly [name: string, situations: readonly Situation[]][] = [
  ['the page is left', exits],
  ['collector, network or browser fail', outages],
  ['odd answers', answers],
  ['odd pages', pages],
  ['storage and clocks', storages],
  ['odd devices', devices],
  ['frames of other sites', frames],
  ['other scripts and extensions', hostiles],
  ['two versions of the tag', versions],
  ['consent withdrawn', withdrawals],
  ['decided in another tab', returns],
];

/** All of them with the name of their group, in the order of the tables. */
export const allSituations: readonly (Situation & { group: string })[] = groups.flatMap(([group, situations]) =>
  situations.map((situation) => ({ ...situation, group })),
);
