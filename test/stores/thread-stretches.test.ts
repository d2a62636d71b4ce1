import { expect, test } from 'vitest';
import { loadEngine, openDatabase } from '../../src/stores/duckdb/database.js';
import { stretches } from '../../src/stores/duckdb/threads/stretches.js';

test('stretches of numbers meet without a gap, hold few rows each, and begin where reading goes on', async () => {
  const database = await openDatabase(await loadEngine(), { file: ':memory:', memoryLimit: '1GB', threads: 2 });
  try {
    const session = await database.connect();
    // Three rows for each person, and one person with more rows than a stretch.
    await session.run(`CREATE TEMP TABLE thread_events AS SELECT i // 3 AS person FROM range(900000) AS r(i)`);
    await session.run(
      `CREATE TEMP TABLE thread_visits AS SELECT CASE WHEN i < 500000 THEN 7 ELSE i END AS person FROM range(700000) AS r(i)`,
    );
    for (const after of [-1, 123_456]) {
      const next = await stretches(session, { events: [], without: ['facts', 'touches'] }, after);
      let low = after + 1;
      for (let isLast = false; !isLast; ) {
        const stretch = await next(session);
        expect(stretch.low).toBe(low);
        const [[people = Number.NaN] = []] = await session.numbers(
          `SELECT count(DISTINCT person)::DOUBLE FROM thread_events WHERE person BETWEEN ${stretch.low} AND ${stretch.high}`,
        );
        expect(people).toBeLessThanOrEqual(200_000 / 3 + 1);
        low = stretch.high + 1;
        isLast = stretch.isLast;
      }
      expect(low).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
    }
  } finally {
    database.close();
  }
});
