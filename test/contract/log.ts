import { afterEach, expect, test } from 'vitest';
import type { IngestLog, LogRecord } from '../../src/log/contract.js';

/** One log under test: `open` opens the same place again after `close`. */
export interface LogUnderTest {
  open: () => Promise<IngestLog>;
  /** All bytes the log has anywhere. */
  bytesOnDisk: () => Promise<Buffer>;
  remove: () => Promise<void>;
}

/** The whole contract of `IngestLog`. */
export function testLog(name: string, make: () => Promise<LogUnderTest>): void {
  const used: LogUnderTest[] = [];
  const start = async (): Promise<LogUnderTest> => {
    const log = await make();
    used.push(log);
    return log;
  };
  afterEach(async () => {
    for (const log of used.splice(0)) await log.remove();
  });

  test(`${name}: positions count up and come back in order after reopening`, async () => {
    const place = await start();
    const log = await place.open();
    expect(log.last()).toBe(0);
    expect(await collect(log, 0)).toEqual([]);
    const positions = await Promise.all(range(1, 50).map((i) => log.append(text(`record ${i}`))));
    expect(positions).toEqual(range(1, 50));
    expect(log.last()).toBe(50);
    expect(await collect(log, 47)).toEqual(['48 record 48', '49 record 49', '50 record 50']);
    await log.close();
    const again = await place.open();
    expect(again.last()).toBe(50);
    expect(await again.append(text('one more'))).toBe(51);
    expect(await collect(again, 49)).toEqual(['50 record 50', '51 one more']);
    await again.close();
  });

  test(`${name}: empty and large records survive`, async () => {
    const place = await start();
    const log = await place.open();
    const large = Buffer.alloc(3_000_000, 'large');
    await Promise.all([log.append(new Uint8Array()), log.append(large), log.append(text('end'))]);
    const records: LogRecord[] = [];
    for await (const record of log.read(0)) records.push(record);
    expect(records.map(({ bytes }) => bytes.length)).toEqual([0, large.length, 3]);
    expect(Buffer.compare(records[1]?.bytes ?? new Uint8Array(), large)).toBe(0);
    await log.close();
  });

  test(`${name}: a reader sees what is appended while it reads, and listeners are told`, async () => {
    const place = await start();
    const log = await place.open();
    let told = 0;
    const stop = log.onAppend(() => {
      told += 1;
    });
    await log.append(text('a'));
    const seen: string[] = [];
    for await (const record of log.read(0)) {
      seen.push(`${record.bytes}`);
      if (record.position < 4) await log.append(text(`after ${record.position}`));
    }
    expect(seen.length).toBe(4);
    expect(told).toBe(4);
    stop();
    await log.append(text('b'));
    expect(told).toBe(4);
    await log.close();
    await expect(log.append(text('late'))).rejects.toThrow('closed');
  });

  test(`${name}: rewrite drops and replaces, keeps positions, leaves no old byte, and appends go on meanwhile`, async () => {
    const place = await start();
    const log = await place.open();
    await Promise.all(range(1, 200).map((i) => log.append(text(i % 2 ? `keep ${i}` : `SECRET-${i}`))));
    const appended: Promise<number>[] = [];
    const changed = log.rewrite(({ position, bytes }) => {
      if (position % 20 === 0) appended.push(log.append(text(`meanwhile ${position}`)));
      if (!Buffer.from(bytes).includes('SECRET')) return bytes;
      return position % 4 ? undefined : text(`replaced ${position}`);
    });
    expect(await changed).toBe(100);
    expect(await Promise.all(appended)).toEqual(range(201, 210));
    expect((await place.bytesOnDisk()).includes('SECRET')).toBe(false);
    const expected = range(1, 200).flatMap((i) => (i % 2 ? [`${i} keep ${i}`] : i % 4 ? [] : [`${i} replaced ${i}`]));
    expect((await collect(log, 0)).slice(0, 150)).toEqual(expected);
    await log.close();
    const again = await place.open();
    expect((await collect(again, 0)).slice(0, 150)).toEqual(expected);
    expect(again.last()).toBe(210);
    await again.close();
  });

  test(`${name}: positions are not used again when the last records were dropped`, async () => {
    const place = await start();
    const log = await place.open();
    await Promise.all([log.append(text('a')), log.append(text('b'))]);
    expect(await log.rewrite(() => undefined)).toBe(2);
    await log.close();
    // However often it is opened before the next record comes.
    for (let i = 0; i < 2; i += 1) await place.open().then((idle) => idle.close());
    const again = await place.open();
    expect(again.last()).toBe(2);
    expect(await collect(again, 0)).toEqual([]);
    expect(await again.append(text('c'))).toBe(3);
    await again.close();
  });

  test(`${name}: a reader in the middle carries on over a rewrite`, async () => {
    const place = await start();
    const log = await place.open();
    await Promise.all(range(1, 3000).map((i) => log.append(Buffer.alloc(1000, `${i} `))));
    const positions: number[] = [];
    for await (const { position } of log.read(0)) {
      positions.push(position);
      if (position === 100) await log.rewrite((record) => (record.position % 2 ? record.bytes : undefined));
    }
    expect(positions.slice(0, 100)).toEqual(range(1, 100));
    expect(positions.at(-1)).toBe(2999);
    expect(new Set(positions).size).toBe(positions.length);
    expect(positions.filter((position) => position % 2 && position > 100)).toHaveLength(1450);
    await log.close();
  });
}

/** The whole numbers from one to another. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** `position text` of each record after a position. */
export async function collect(log: IngestLog, after: number): Promise<string[]> {
  const lines: string[] = [];
  for await (const { position, bytes } of log.read(after)) lines.push(`${position} ${Buffer.from(bytes)}`);
  return lines;
}

/** UTF-8 bytes of a text. */
export function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}
