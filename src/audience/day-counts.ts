import { AUDIENCE_DIMENSIONS, type AudienceDimension, type CountedView, type SiteDay, type Tally } from './contract.js';

/** One day of all sites, in memory. */
export type DayCounts = Map<string, SiteCounts>;

type SiteCounts = { [dimension in AudienceDimension]: Map<string, Tally> };

/** The name for what came after the most names that a day may have; it bounds memory, and what a sender could invent. */
const OTHERS = '(others)';
const MOST_NAMES = 5000;

/** Counts one view. */
export function countView(day: DayCounts, { site, page, device, entry }: CountedView, hour: string): void {
  const counts = siteOf(day, site);
  const tally = { views: 1, entries: entry ? 1 : 0 };
  addTo(counts.device, device, tally);
  if (device === 'bot') return;
  addTo(counts.hour, hour, tally);
  addTo(counts.page, page, tally);
  if (!entry) return;
  addTo(counts.from, entry.from, tally);
  addTo(counts.campaign, entry.campaign ? 'yes' : 'no', tally);
}

/** The day as text for its file. */
export function writeDay(day: DayCounts): string {
  const sites = [...day].map(([site, counts]) => ({
    site,
    counts: Object.fromEntries(
      AUDIENCE_DIMENSIONS.map((dimension) => [
        dimension,
        [...counts[dimension]].map(([name, { views, entries }]): Row => [name, views, entries]),
      ]),
    ),
  }));
  return `${JSON.stringify({ v: 1, sites })}\n`;
}

type Row = [name: string, views: number, entries: number];

/** Reads it again. Throws where the text is not a day's. */
export function readDay(text: string): DayCounts {
  const { v, sites } = JSON.parse(text) as { v: unknown; sites: { site: string; counts: Record<string, Row[]> }[] };
  if (v !== 1 || !Array.isArray(sites)) throw new Error('It is not a day of counts.');
  const day: DayCounts = new Map();
  for (const { site, counts } of sites) {
    const known = siteOf(day, site);
    for (const dimension of AUDIENCE_DIMENSIONS) {
      for (const [name, views, entries] of counts[dimension] ?? []) known[dimension].set(name, { views, entries });
    }
  }
  return day;
}

/** A copy that later views do not change. */
export function siteDays(name: string, day: DayCounts): SiteDay[] {
  return [...readDay(writeDay(day))].map(([site, counts]) => ({ day: name, site, counts }));
}

function siteOf(day: DayCounts, site: string): SiteCounts {
  const known = day.get(site);
  if (known) return known;
  const fresh: SiteCounts = {
    hour: new Map(),
    page: new Map(),
    from: new Map(),
    campaign: new Map(),
    device: new Map(),
  };
  day.set(site, fresh);
  return fresh;
}

function addTo(names: Map<string, Tally>, name: string, { views, entries }: Tally): void {
  const key = names.has(name) || names.size < MOST_NAMES ? name : OTHERS;
  const before = names.get(key) ?? { views: 0, entries: 0 };
  names.set(key, { views: before.views + views, entries: before.entries + entries });
}
