import type { Session } from '../database.js';

/** A kept table of which each row says when something first and last happened on a device, to a user, or to a device without one. */
export interface KeptFold {
  table: string;
  /** What tells its rows apart, beside device and user. */
  keys: readonly string[];
  /** Columns of which the earliest counts, and those of which the latest does; null is nothing. */
  earliest: readonly string[];
  latest: readonly string[];
  /** The question that makes its rows of those events to which a condition applies. */
  foldedSql(condition: string): string;
}

/** Adds the events after one that was kept. */
export async function addToFold(session: Session, fold: KeptFold, kept: number): Promise<void> {
  const { table, keys, earliest, latest, foldedSql } = fold;
  await session.run(`CREATE OR REPLACE TEMP TABLE seen AS ${foldedSql('seq > $kept::BIGINT')}`, { kept });
  const [news] = await session.rows<{ rows: number }>('SELECT count(*)::DOUBLE AS rows FROM seen');
  if (news?.rows) {
    const same = [
      `${table}.device_no = seen.device_no AND ${table}.user_no IS NOT DISTINCT FROM seen.user_no`,
      ...keys.map((key) => `${table}.${key} = seen.${key}`),
    ].join(' AND ');
    const merged = (names: readonly string[], pick: string) =>
      names.map((name) => `${name} = ${pick}(seen.${name}, ${table}.${name})`);
    const columns = [...merged(earliest, 'least'), ...merged(latest, 'greatest')];
    await session.run(`UPDATE seen SET ${columns.join(', ')} FROM ${table} WHERE ${same}`);
    await session.run(`DELETE FROM ${table} USING seen WHERE ${same}`);
    await session.run(`INSERT INTO ${table} BY NAME FROM seen ORDER BY device_no`);
  }
  await session.run('DROP TABLE temp.seen');
}

/** Folds the events of some devices again; `devices` is a temporary table of `device`, `kept` the last event that counts. */
export async function foldAgain(session: Session, fold: KeptFold, devices: string, kept: number): Promise<void> {
  const own = `device_no IN (SELECT device FROM ${devices})`;
  await session.run(`DELETE FROM ${fold.table} WHERE ${own}`);
  await session.run(`INSERT INTO ${fold.table} BY NAME ${fold.foldedSql(`${own} AND seq <= $kept::BIGINT`)}`, { kept });
}
