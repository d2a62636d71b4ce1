import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY } from './simulate/calendar.mjs';

/**
 * @typedef {object} State What the demo remembers between two starts.
 * @property {string} adminKey
 * @property {string} secretKey
 * @property {{ until: number, origin: string, sent: boolean } | null} history The simulated weeks; null: began empty.
 */

/**
 * Reads the state of a data directory, or begins one. Whether there is a simulated history is decided once, when the
 * directory is new; a history that was not sent completely is sent again, with the same event ids.
 * @param {string} dataDir
 * @param {{ simulate: boolean, origin: string }} first
 * @returns {Promise<State>}
 */
export async function openState(dataDir, { simulate, origin }) {
  if (existsSync(fileOf(dataDir))) return JSON.parse(await readFile(fileOf(dataDir), 'utf8'));
  const until = Math.floor(Date.now() / DAY) * DAY;
  const state = {
    adminKey: key('admin'),
    secretKey: key('secret'),
    history: simulate ? { until, origin, sent: false } : null,
  };
  await saveState(dataDir, state);
  return state;
}

/**
 * @param {string} dataDir
 * @param {State} state
 */
export async function saveState(dataDir, state) {
  await mkdir(dataDir, { recursive: true });
  await writeFile(fileOf(dataDir), JSON.stringify(state), { mode: 0o600 });
}

/** @param {string} dataDir */
function fileOf(dataDir) {
  return join(dataDir, 'demo.json');
}

/** @param {string} name */
function key(name) {
  return `demo-${name}-${randomBytes(9).toString('base64url')}`;
}
