// How well events are put together to people, measured on simulated people of whom the truth is known.
// node test/bench/people.mjs [--json] [seeds, default the held-out ones: rules were made while looking at seeds 1 to 3].
// Precision: of the pairs of events that are said to be one person's, how many are. Recall: of the pairs that are one
// person's, how many are said to be. Over-merged: of the people with several events, how many hold those of several.

import { resolvePersons } from '../../dist/stores/persons/resolve.js';
import { createStamper } from '../../dist/stores/stamp/stamp.js';
import { simulatePeople } from './people-truth.mjs';

const args = process.argv.slice(2).filter((argument) => argument !== '--json');
const seeds = (args.length ? args : ['101', '102', '103', '104', '105']).map(Number);

const results = seeds.map((seed) => ({ seed, ...measure(simulatePeople(seed)) }));
if (process.argv.includes('--json')) console.log(JSON.stringify(results));
else print(results);

function measure(list) {
  const stamp = createStamper({ pepper: 'bench' });
  const meta = { kind: 'batch', receivedAt: '2027-06-01T00:00:00.000Z', skewMs: 0 };
  const seen = new Map(list.map((one) => [one.event.messageId, one]));
  const rows = [...seen.values()].map(({ event, key }) => stamp(event, { ...meta, key }).row);
  const truths = [...seen.values()].map(({ truth }) => truth);
  const { personOf } = resolvePersons(rows);
  return {
    events: rows.length,
    ours: compare(rows.map(personOf), truths),
    lastLogin: compare(rows.map(lastLogin(rows)), truths),
    unionOfAll: compare(unionOfAll(rows), truths),
  };
}

/** What most warehouses do: the latest user id of a device owns all of its events. */
function lastLogin(rows) {
  const last = new Map();
  for (const { userId, anonymousId, at } of rows) {
    if (userId !== null && anonymousId !== null && at >= (last.get(anonymousId)?.at ?? 0))
      last.set(anonymousId, { userId, at });
  }
  return ({ userId, anonymousId, device }) => userId ?? last.get(anonymousId)?.userId ?? device;
}

/** Whatever was seen together is one person: connected components of all identifiers. */
function unionOfAll(rows) {
  const parent = new Map();
  const root = (name) => {
    let at = name;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) at = up;
    return at;
  };
  const namesOf = ({ userId, anonymousId, previousId, others, device }) =>
    [
      userId && `u${userId}`,
      anonymousId && `a${anonymousId}`,
      previousId && `u${previousId}`,
      ...others,
      device,
    ].filter(Boolean);
  for (const row of rows) {
    const [first, ...rest] = namesOf(row);
    for (const name of rest) parent.set(root(name), root(first));
  }
  return rows.map((row) => root(namesOf(row)[0]));
}

function compare(found, truths) {
  const pairs = (labels) => {
    const sizes = new Map();
    for (const label of labels) sizes.set(label, (sizes.get(label) ?? 0) + 1);
    return [...sizes.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  };
  const both = pairs(found.map((person, i) => `${person}\0${truths[i]}`));
  const members = new Map();
  found.forEach((person, i) => {
    const known = members.get(person) ?? { events: 0, truths: new Set() };
    members.set(person, { events: known.events + 1, truths: known.truths.add(truths[i]) });
  });
  const several = [...members.values()].filter(({ events }) => events > 1);
  const mixed = several.filter((one) => one.truths.size > 1);
  return { precision: both / pairs(found), recall: both / pairs(truths), overMerged: mixed.length / several.length };
}

function print(measured) {
  const percent = (figure) => `${(100 * figure).toFixed(1)} %`.padStart(8);
  console.log(`people put together, ${measured.length} seeds, ${measured[0]?.events} events each`);
  const rules = { ours: 'filrouge', lastLogin: 'last login owns the device', unionOfAll: 'all that was seen together' };
  for (const [rule, name] of Object.entries(rules)) {
    const mean = (figure) => measured.reduce((sum, one) => sum + one[rule][figure], 0) / measured.length;
    const figures = `precision ${percent(mean('precision'))}  recall ${percent(mean('recall'))}  over-merged ${percent(mean('overMerged'))}`;
    console.log(`${name.padEnd(28)} ${figures}`);
  }
}
