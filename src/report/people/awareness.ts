import { oneOf } from '../query.js';
import { BUCKETS, bucketOf } from './buckets.js';
import { eventsNamed, grouped, numberIn, ratio, textIn } from './read/facts.js';
import type { PeopleReport, Scene } from './read/scene.js';

/** Signs that people know the name: none of them is awareness itself. */
export interface AwarenessFigures {
  /** `Ad Impression` events of the site's own measurement. */
  impressions: number;
  /** Impressions that advertising systems report (`Ad Cost Imported`); they and the ones above may be the same ones. */
  importedImpressions: number;
  sessions: number;
  /** People who were never seen before. */
  newVisitors: number;
  /** Sessions without campaign or referrer, and their share of all. */
  directSessions: number;
  directShare: number | null;
  /** Sessions from a search for one of the `declared` names, as far as the search is known; null where none is declared. */
  brandedSearches: number | null;
  /** directSessions and brandedSearches together, of all sessions; null where no name is declared. */
  brandShare: number | null;
}

/** What `awareness` answers besides its heading. */
export interface AwarenessReport {
  by: string;
  rows: ({ [group: string]: unknown } & AwarenessFigures)[];
  totals: AwarenessFigures;
  notices: string[];
}

const SEEN = 'Ad Impression';
const IMPORTED = 'Ad Cost Imported';

/**
 * Awareness by week (day, month): what can be measured beside it. Reach and followers are readings and stand in `gauges`.
 * Name the brand with `declared`, e.g. `filrouge,fil rouge`; terms come from `utm_term` and from search pages that still say.
 */
export const awareness: PeopleReport<AwarenessReport> = {
  name: 'awareness',
  plan: () => ({ events: [SEEN], imports: [IMPORTED] }),
  tally(scene, query) {
    const by = oneOf('by', query.by, ['week', ...BUCKETS]);
    const brands = (query.declared ?? []).map(plain).filter(Boolean);
    const groups = grouped(nothing);
    const total = nothing();
    const count = (day: string, field: keyof ReturnType<typeof nothing>, amount = 1): void => {
      groups.of(bucketOf(day, by))[field] += amount;
      total[field] += amount;
    };
    const isInside = (ms: number): boolean => ms >= scene.from && ms < scene.to;
    const days = { first: scene.dayOf(scene.from), last: scene.dayOf(scene.to - 1) };
    return {
      add(thread) {
        for (const { name, ms, properties } of eventsNamed(thread, SEEN, IMPORTED)) {
          const said = /^\d{4}-\d\d-\d\d/.exec(textIn(properties, 'date') ?? '')?.[0];
          const day = name === IMPORTED && said ? said : scene.dayOf(ms);
          if (day < days.first || day > days.last) continue;
          if (name === IMPORTED) count(day, 'importedImpressions', numberIn(properties, 'impressions') ?? 0);
          else if (isInside(ms)) count(day, 'impressions');
        }
        for (const { at: ms, sourceKey } of thread.visits) {
          if (!isInside(ms)) continue;
          const day = scene.dayOf(ms);
          count(day, 'sessions');
          if (scene.labelBy(sourceKey, 'channel').direct) count(day, 'directSessions');
          else if (isBranded(scene, sourceKey, brands)) count(day, 'branded');
        }
        const seen = thread.firstSeen;
        if (thread.visits.length > 0 && isInside(seen)) count(scene.dayOf(seen), 'newVisitors');
      },
      result: () => ({
        by,
        rows: groups.entries().map(([name, counts]) => ({ [by]: name, ...describe(counts, brands) })),
        totals: describe(total, brands),
        notices: [PROXY, ...(brands.length > 0 ? [] : [NO_BRAND])],
      }),
    };
  },
};

const PROXY = 'These figures stand in for awareness; a survey measures it.';
const NO_BRAND = 'Searches for the brand are not told apart: name it with the parameter "declared".';
const SEARCH = ['Paid Search', 'Organic Search'];

const nothing = () => ({
  impressions: 0,
  importedImpressions: 0,
  sessions: 0,
  newVisitors: 0,
  directSessions: 0,
  branded: 0,
});

function isBranded(scene: Scene, sourceKey: string, brands: readonly string[]): boolean {
  const term = plain(scene.facts(sourceKey)?.term ?? '');
  return (
    SEARCH.includes(scene.labelBy(sourceKey, 'channel').label) &&
    brands.some((brand) => ` ${term} `.includes(` ${brand} `))
  );
}

/** Without accents, capitals and signs: people type names as they like. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function describe({ branded, ...counts }: ReturnType<typeof nothing>, brands: readonly string[]): AwarenessFigures {
  const isNamed = brands.length > 0;
  return {
    ...counts,
    directShare: ratio(counts.directSessions, counts.sessions),
    brandedSearches: isNamed ? branded : null,
    brandShare: isNamed ? ratio(counts.directSessions + branded, counts.sessions) : null,
  };
}
