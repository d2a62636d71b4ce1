import type { Demo } from '../../demo/demo.mjs';
import { until } from '../browser/wait.js';

/** A row of a report, the columns that the tests look at. */
export interface Row {
  channel: string;
  campaign: string;
  sessions: number;
  conversions: number;
  revenue: number;
}

/** A stored event, the parts that the tests look at. */
export interface StoredLine {
  type: string;
  messageId: string;
  timestamp: string;
  event?: string;
  userId?: string;
  properties?: object;
  context?: { page?: { path?: string } };
}

/** What the running demo answers to its owner. */
export interface Answers {
  /** Everything that is stored. */
  events(): Promise<StoredLine[]>;
  /** Waits for an event to be stored. */
  stored(matches: (event: StoredLine) => boolean): Promise<StoredLine>;
  /** The rows of `kpis`, once there are any. */
  kpis(query: Record<string, string>): Promise<Row[]>;
  /** The rows of `attribution` that have credit. */
  attribution(query: Record<string, string>): Promise<Row[]>;
}

/** Asks the demo's receiver by its admin key. */
export function createAnswers({ receiverUrl, adminKey }: Demo): Answers {
  const ask = async (path: string) => {
    const answer = await fetch(receiverUrl + path, { headers: { authorization: `Bearer ${adminKey}` } });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`);
    return text;
  };
  const report = async (name: string, query: Record<string, string>): Promise<Row[]> => {
    const { rows }: { rows: Row[] } = JSON.parse(await ask(`/v1/reports/${name}?${new URLSearchParams(query)}`));
    return rows;
  };
  const events = async () => {
    const lines = (await ask('/v1/events')).split('\n').filter(Boolean);
    return lines.map((line): StoredLine => JSON.parse(line));
  };
  return {
    events,
    stored: (matches) => until('an event in the store', async () => (await events()).find(matches)),
    kpis: (query) =>
      until('a session in the report', async () => {
        const rows = await report('kpis', query);
        return rows.length > 0 ? rows : undefined;
      }),
    attribution: async (query) => (await report('attribution', query)).filter(({ conversions }) => conversions > 0),
  };
}
