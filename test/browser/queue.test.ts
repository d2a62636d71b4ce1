// @vitest-environment happy-dom
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { createQueue } from '../../src/browser/queue.js';
import { until } from './wait.js';

const NAME = 'filrouge test';
let problems: string[];
let name = NAME;
let count = 0;
const open = (at = name) => {
  const queue = createQueue(at, (code) => problems.push(code));
  queue.open();
  return queue;
};
const event = (id: string, json = '{}') => ({ id, json });
const ids = (queue: ReturnType<typeof createQueue>) => queue.waiting().map(({ id }) => id);

/** What is on disk, read through another queue of the same name. */
async function stored(at = name): Promise<string[]> {
  const other = createQueue(at, () => {});
  other.open();
  await other.sync();
  return ids(other);
}

beforeEach(() => {
  localStorage.clear();
  problems = [];
  name = `${NAME} ${++count}`;
});

describe('the queue', () => {
  it('touches no storage before it is opened', async () => {
    const queue = createQueue(name, () => {});
    queue.take(event('a'));
    queue.journal();
    await queue.sync();
    expect(ids(queue)).toEqual(['a']);
    expect(localStorage.length).toBe(0);
    expect(await indexedDB.databases()).toEqual([]);
  });

  it('gives what it kept to the next page, oldest first and once', async () => {
    const queue = open();
    queue.take(event('b'));
    queue.take(event('a'));
    queue.take(event('b'));
    await until('both on disk', async () => (await stored()).length === 2);
    const next = open();
    next.take(event('0'));
    await next.sync();
    expect(ids(next)).toEqual(['0', 'a', 'b']);
  });

  it('forgets what another page delivered, and keeps what is not on disk yet', async () => {
    const [one, two] = [open(), open()];
    one.take(event('a'));
    await until('on disk', async () => (await stored()).length);
    await two.sync();
    two.remove(['a']);
    await until('gone from disk', async () => (await stored()).length === 0);
    one.take(event('b'));
    await one.sync();
    expect(ids(one)).toEqual(['b']);
  });

  it('journals what the disk has not confirmed, until it has', async () => {
    const queue = open();
    queue.take(event('a', '{"x":1}'));
    queue.journal();
    expect(localStorage.getItem(`${name} a`)).toBe('{"x":1}');
    const next = open();
    expect(next.waiting()).toMatchObject([event('a', '{"x":1}')]);
    await until('the journal is empty', () => localStorage.length === 0);
    expect(await stored()).toEqual(['a']);
  });

  it('drops the oldest minor event first, then the oldest, and counts', () => {
    const queue = createQueue(name, (code) => problems.push(code));
    const big = 'x'.repeat(5_000_000);
    queue.take({ id: '1', json: big });
    queue.take({ id: '2', json: big, minor: true });
    queue.take({ id: '3', json: big });
    queue.take({ id: '4', json: big });
    expect(ids(queue)).toEqual(['1', '3', '4']);
    queue.take({ id: '5', json: big });
    expect(ids(queue)).toEqual(['3', '4', '5']);
    expect(problems).toEqual(['queue-full', 'queue-full']);
  });

  it('holds 10,000 events and no more', () => {
    const queue = createQueue(name, (code) => problems.push(code));
    for (let i = 0; i < 10_002; i++) queue.take(event(`${i + 100_000}`));
    expect(queue.waiting().length).toBe(10_000);
    expect(ids(queue)[0]).toBe('100002');
    expect(problems.length).toBe(2);
  });

  it('keeps a copy in memory on a purge that is to finish, and nothing on the device', async () => {
    const queue = open();
    queue.take(event('a'));
    await until('on disk', () => queue.waiting()[0]?.saved);
    queue.purge(true);
    queue.journal();
    expect(ids(queue)).toEqual(['a']);
    expect(localStorage.length).toBe(0);
    await until('no database', async () => !(await indexedDB.databases()).some((db) => db.name === name));
    queue.open();
    await queue.sync();
    expect(ids(queue)).toEqual(['a']);
  });

  it('removes everything on a purge, also what is being read at that moment', async () => {
    const before = open();
    before.take(event('a'));
    await until('on disk', async () => (await stored()).length);
    const queue = open();
    const reading = queue.sync();
    queue.purge();
    await reading;
    expect(queue.waiting()).toEqual([]);
    await until('no database', async () => !(await indexedDB.databases()).some((db) => db.name === name));
    expect(localStorage.length).toBe(0);
  });
});
