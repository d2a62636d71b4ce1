import type { TouchKind } from '../../stores/contract.js';
import { DIMENSIONS } from '../labels.js';
import { oneOf, readLookback } from '../query.js';
import { clicksOnly, createPathBook } from './books/path-book.js';
import { grouped } from './read/facts.js';
import type { PeopleReport } from './read/scene.js';
import type { Way } from './read/way.js';

/** One point of contact. */
export interface TouchpointRow {
  touchpoint: string;
  /** Its channel; several where the grouping does not tell them apart. */
  channels: string[];
  /** `visit`, `click`, `view`, `contact`. */
  kinds: TouchKind[];
  touches: number;
  people: number;
  /** People of whom a user id is known. */
  identified: number;
  /** People who met another point of contact, too. */
  connected: number;
  /** Ways to the goal on which it was first, in the middle, last (alone counts as both). */
  opener: number;
  middle: number;
  closer: number;
  /** ISO 8601; null where it was never seen. */
  lastSeen: string | null;
  /**
   * `silent`: declared, and not seen in the period. `island`: seen, but nobody there is known by a user id or was met
   * anywhere else, so what happens there cannot be tied to the rest of a journey. Else `seen`.
   */
  status: 'seen' | 'silent' | 'island';
}

/** What `touchpoints` answers besides its heading. */
export interface TouchpointsReport {
  by: string;
  lookbackDays: number;
  rows: TouchpointRow[];
  totals: { touchpoints: number; seen: number; silent: number; islands: number; touches: number; people: number };
}

/**
 * The map of points of contact: what each carries, its part on the ways to the goal, and where the map has holes. Names in
 * `declared` that match no label and no channel, whatever the case, are silent.
 */
export const touchpoints: PeopleReport<TouchpointsReport> = {
  name: 'touchpoints',
  plan: ({ by, lookbackDays }, { goal }) => ({
    events: [goal],
    by: oneOf('by', by, DIMENSIONS),
    days: readLookback(lookbackDays),
  }),
  tally(scene, query) {
    const by = oneOf('by', query.by, DIMENSIONS);
    const lookbackDays = readLookback(query.lookbackDays);
    const found = grouped(fresh);
    const book = createPathBook(scene, { ...clicksOnly(lookbackDays), view: lookbackDays });
    const all = { touches: 0, people: 0 };
    const note = (thread: Way) => {
      const met = new Set<string>();
      for (const { at: ms, sourceKey, kind = 'visit' } of thread.touches) {
        const { label, detour } = scene.label(sourceKey);
        if (detour || ms < scene.from || ms >= scene.to) continue;
        met.add(label);
        all.touches += 1;
        const point = found.of(label);
        point.touches += 1;
        point.kinds.add(kind);
        point.channels.add(scene.labelBy(sourceKey, 'channel').label);
        point.lastSeen = Math.max(point.lastSeen, ms);
      }
      if (met.size > 0) all.people += 1;
      for (const label of met) {
        const point = found.of(label);
        point.people += 1;
        if (thread.identified) point.identified += 1;
        if (met.size > 1) point.connected += 1;
      }
    };
    return {
      add(thread) {
        note(thread);
        book.add(thread);
      },
      result() {
        for (const { touches } of book.close()) {
          touches.forEach(({ label }, i) => {
            const point = found.get(label);
            if (!point) return;
            if (i === 0) point.opener += 1;
            if (i === touches.length - 1) point.closer += 1;
            if (i > 0 && i < touches.length - 1) point.middle += 1;
          });
        }
        const seen = found.entries().map(([label, point]) => describe(label, point));
        const rows = [...seen.sort((a, b) => b.touches - a.touches), ...silent(query.declared ?? [], seen)];
        const count = (status: TouchpointRow['status']) => rows.filter((row) => row.status === status).length;
        const islands = count('island');
        return {
          by,
          lookbackDays,
          rows,
          totals: { touchpoints: rows.length, seen: count('seen') + islands, silent: count('silent'), islands, ...all },
        };
      },
    };
  },
};

const fresh = () => ({
  channels: new Set<string>(),
  kinds: new Set<TouchKind>(),
  touches: 0,
  people: 0,
  identified: 0,
  connected: 0,
  opener: 0,
  middle: 0,
  closer: 0,
  lastSeen: 0,
});

function describe(
  touchpoint: string,
  { channels, kinds, lastSeen, ...counts }: ReturnType<typeof fresh>,
): TouchpointRow {
  const isIsland = counts.identified === 0 && counts.connected === 0;
  return {
    touchpoint,
    channels: [...channels].sort(),
    kinds: [...kinds].sort(),
    ...counts,
    lastSeen: new Date(lastSeen).toISOString(),
    status: isIsland ? 'island' : 'seen',
  };
}

function silent(declared: readonly string[], seen: readonly TouchpointRow[]): TouchpointRow[] {
  const known = new Set(seen.flatMap(({ touchpoint, channels }) => [touchpoint, ...channels]).map(plain));
  const names = [...new Set(declared.map((name) => name.trim()).filter(Boolean))];
  const { channels: _, kinds: __, ...counts } = fresh();
  return names
    .filter((name) => !known.has(plain(name)))
    .map((touchpoint) => ({ touchpoint, channels: [], kinds: [], ...counts, lastSeen: null, status: 'silent' }));
}

function plain(name: string): string {
  return name.toLowerCase();
}
