// People of whom is known who they are, and the events that they cause: to measure how well events are put together.
import { createHash } from 'node:crypto';
import { seeded } from './traffic.mjs';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/**
 * One year of a shop, as events `{ event, key, truth }` in random order, some of them twice. `truth` names the human being
 * behind the event. Every situation is one that other tools get wrong (measures.md 6.3).
 */
export function simulatePeople(seed) {
  const random = seeded(seed);
  const world = createWorld(random);
  for (let i = 0; i < 150; i += 1) customer(world, i);
  for (let i = 0; i < 20; i += 1) household(world, i);
  for (let i = 0; i < 5; i += 1) tablet(world, i);
  for (let i = 0; i < 15; i += 1) aliasChain(world, i);
  for (let i = 0; i < 15; i += 1) forgetfulBrowser(world, i);
  for (let i = 0; i < 10; i += 1) sharedCard(world, i);
  testAccount(world);
  badImport(world);
  newsletterKiosk(world);
  const again = world.events.filter(() => random() < 0.05);
  return shuffle([...world.events, ...again], random);
}

function createWorld(random) {
  const events = [];
  const between = (from, to) => from + Math.floor(random() * (to - from));
  return {
    events,
    random,
    between,
    /** Adds an event of a human being; `day` may have a fraction. */
    add(truth, day, { key = 'write', ...fields }) {
      const messageId = `m${events.length}`;
      const event = { type: 'page', messageId, timestamp: new Date(START + day * DAY).toISOString(), ...fields };
      events.push({ truth, key, event });
    },
  };
}

/** Looks around on some devices, logs in on some of them, buys in the shop with the card or an e-mail address. */
function customer({ add, random, between }, i) {
  const who = `customer${i}`;
  const email = `${who}@example.com`;
  const isMember = random() < 0.7;
  const hasCard = random() < 0.4;
  const devices = between(1, 4);
  for (let device = 0; device < devices; device += 1) {
    const anonymousId = `${who}-device${device}`;
    const first = between(0, 300);
    for (let visit = 0; visit < between(1, 5); visit += 1) add(who, first + visit * 3, { anonymousId });
    const chance = random();
    if (isMember && chance < 0.6) {
      const traits = { email: email.toUpperCase(), ...(hasCard ? { loyaltyId: `card-${i}` } : {}) };
      add(who, first + 1, { type: 'identify', anonymousId, userId: `user-${i}`, traits });
    } else if (chance < 0.8) {
      // Came by a newsletter whose links name the address as plain SHA-256, and never logged in here.
      add(who, first + 1, { anonymousId, context: { externalIds: [{ type: 'email', id: sha256(email) }] } });
    }
  }
  for (let order = 0; order < between(0, 3); order += 1) {
    const till = hasCard ? { type: 'loyalty_id', id: `card-${i}` } : { type: 'email', id: email };
    // A till has no device: the row is filed under what it knows.
    add(who, between(0, 365), {
      type: 'track',
      event: 'Order Completed',
      anonymousId: 'null',
      context: { externalIds: [till] },
    });
  }
}

/** Two on one laptop, each logging in and looking on; sometimes the other goes on without logging in. */
function household({ add, random }, i) {
  const people = [`wife${i}`, `husband${i}`];
  const anonymousId = `laptop${i}`;
  for (let evening = 0; evening < 12; evening += 1) {
    const who = people[random() < 0.5 ? 0 : 1] ?? '';
    add(who, evening * 5, { type: 'identify', anonymousId, userId: who, traits: { email: `${who}@example.com` } });
    for (let view = 1; view <= 4; view += 1) {
      const other = people.find((one) => one !== who) ?? who;
      add(random() < 0.9 ? who : other, evening * 5 + view * 0.01, { anonymousId });
    }
  }
}

/** A tablet in a shop: many customers a day, nobody logs out. */
function tablet({ add }, i) {
  for (let visitor = 0; visitor < 30; visitor += 1) {
    const who = `tablet${i}-visitor${visitor}`;
    const day = 100 + visitor * 0.4;
    add(who, day, { type: 'identify', anonymousId: `tablet${i}`, userId: who });
    add(who, day + 0.01, { anonymousId: `tablet${i}`, userId: who });
    add(who, day + 40, { anonymousId: `${who}-home`, userId: who });
    add(who, day + 41, { anonymousId: `${who}-home` });
  }
}

/** A customer number that changed twice; the shop says so with its secret key. */
function aliasChain({ add }, i) {
  const who = `renamed${i}`;
  const ids = ['a', 'b', 'c'].map((letter) => `${who}-${letter}`);
  ids.forEach((userId, step) => {
    add(who, step * 50, { anonymousId: `${userId}-device`, userId });
    add(who, step * 50 + 1, { anonymousId: `${userId}-device` });
  });
  for (const [from, to] of [
    [0, 1],
    [1, 2],
  ]) {
    add(who, 200, { type: 'alias', previousId: ids[from], userId: ids[to], key: 'secret' });
  }
  // A circle, by mistake.
  if (i % 3 === 0) add(who, 210, { type: 'alias', previousId: ids[2], userId: ids[0], key: 'secret' });
}

/** A browser that forgets the visitor each week (Safari): dozens of devices in a year, and one login in each. */
function forgetfulBrowser({ add }, i) {
  const who = `safari${i}`;
  for (let week = 0; week < 50; week += 1) {
    const anonymousId = `${who}-week${week}`;
    add(who, week * 7, { anonymousId });
    add(who, week * 7 + 0.1, { anonymousId, userId: who });
    add(who, week * 7 + 0.2, { anonymousId });
  }
}

/** A couple with one loyalty card and an account each. */
function sharedCard({ add }, i) {
  for (const [name, day] of [
    ['one', 10],
    ['two', 60],
  ]) {
    const who = `couple${i}-${name}`;
    add(who, day, {
      type: 'identify',
      anonymousId: `${who}-phone`,
      userId: who,
      traits: { loyaltyId: `couple-card-${i}` },
    });
    for (let visit = 0; visit < 5; visit += 1) add(who, day + visit, { anonymousId: `${who}-phone` });
  }
}

/** A release with a hard-coded user id: every visitor of one day is the tester. */
function testAccount({ add }) {
  for (let i = 0; i < 100; i += 1) {
    const who = `unlucky${i}`;
    const anonymousId = `${who}-device`;
    add(who, 150, { anonymousId, userId: 'qa-4711', type: 'identify', traits: { email: 'test@test.com' } });
    add('tester', 150.5, { anonymousId: 'qa-machine', userId: 'qa-4711' });
    for (let visit = 0; visit < 5; visit += 1) add(who, 151 + visit, { anonymousId });
  }
}

/** Rows of an import where the customer is missing, in all the ways in which programs write that. */
function badImport({ add }) {
  const nobody = ['0', 'null', 'undefined', '00000000-0000-0000-0000-000000000000', ' NULL '];
  for (let i = 0; i < 200; i += 1) {
    const externalIds = [
      { type: 'email', id: sha256('') },
      { type: 'loyalty_id', id: '0' },
    ];
    add(`row${i}`, 20, { anonymousId: `row-${i}`, userId: nobody[i % nobody.length], context: { externalIds } });
  }
}

/** A tablet at a fair on which people type their address; later they come to the site and give it again. */
function newsletterKiosk({ add }) {
  for (let i = 0; i < 40; i += 1) {
    const who = `fair${i}`;
    const context = { externalIds: [{ type: 'email', id: `${who}@example.com` }] };
    add(who, 30 + i * 0.01, { anonymousId: 'fair-tablet', context });
    for (let visit = 0; visit < 3; visit += 1) add(who, 40 + visit, { anonymousId: `${who}-phone`, context });
    add(who, 60, { anonymousId: `${who}-laptop`, context });
  }
}

function shuffle(list, random) {
  for (let i = list.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}
